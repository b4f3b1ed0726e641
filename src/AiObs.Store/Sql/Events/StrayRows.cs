using System.Data.Common;

namespace AiObs.Store.Sql.Events;

/// <summary>Finds the rows that no log writes: with these told, and the others verified, nothing is listed that verification has not seen.</summary>
internal static class StrayRows
{
    /// <summary>Returns a fault for each table that has any.</summary>
    public static async ValueTask<List<EventLogFault>> FindAsync(SqlDialect dialect, SqlSession read, CancellationToken cancellationToken)
    {
        var reader = await read.Command(Sql(dialect)).ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            List<EventLogFault> faults = [];
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                faults.Add(OddValues.Read(reader, Read));
            }

            return faults;
        }
    }

    private static EventLogFault Read(DbDataReader reader) => new(
        EventLogFaultKind.UnknownRow,
        "",
        null,
        $"{reader.GetInt64(1)} rows of {reader.GetString(0)} are none that a log writes: {reader.GetString(3)}. The first has position {reader.FindString(2)}.");

    private static string Sql(SqlDialect dialect) =>
        $"""
        SELECT source, n, first, what FROM (
            {Of("aiobs_events e", "e.position", $"({dialect.IsEventAsWritten}) IS NOT TRUE", "values of other types or sizes")}
            UNION ALL
            {Of("aiobs_event_contents c", "c.position", $"({dialect.IsContentAsWritten}) IS NOT TRUE", "values of other types or sizes")}
            UNION ALL
            {Of(
                "aiobs_event_contents c",
                "c.position",
                "NOT EXISTS (SELECT 1 FROM aiobs_events e WHERE e.position = c.position)",
                "contents without an event")}
            UNION ALL
            {Of("aiobs_event_writers w", "w.ordinal", $"({dialect.IsWriterAsWritten}) IS NOT TRUE", "values of other types or sizes")}
            UNION ALL
            {Of("aiobs_event_checkpoints p", "p.sequence", $"({dialect.IsCheckpointAsWritten}) IS NOT TRUE", "values of other types or sizes")}
            UNION ALL
            SELECT source, count(*) AS n, CAST(min(position) AS TEXT) AS first, 'set aside in aiobs_event_strays by a migration' AS what
            FROM aiobs_event_strays GROUP BY source
        ) s WHERE n > 0
        """;

    private static string Of(string table, string position, string condition, string what) =>
        $"SELECT '{table[..^2]}' AS source, count(*) AS n, CAST(min({position}) AS TEXT) AS first, '{what}' AS what FROM {table} WHERE {condition}";
}
