import { configure } from '@testing-library/react'

/** Milliseconds. A test waits for what it waits for, on a slow machine too. */
configure({ asyncUtilTimeout: 60_000 })
