import { Table, type TableProps } from 'antd'

/** A table that scrolls sideways in a frame of its own, on a narrow screen. */
export const WideTable = <Row extends object>(props: Omit<TableProps<Row>, 'scroll'>) => (
  <div style={{ overflowX: 'auto' }}>
    <Table<Row> pagination={false} {...props} />
  </div>
)
