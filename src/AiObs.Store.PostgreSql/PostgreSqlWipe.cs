using System.Data;
using System.Globalization;
using Npgsql;

namespace AiObs.Store.PostgreSql;

/// <summary>Writes the tables of what can be erased anew, without the rows that were there before. PostgreSQL keeps those in the files of a table otherwise.</summary>
internal sealed class PostgreSqlWipe(NpgsqlDataSource source, string place)
{
    private static readonly string[] Tables =
    [
        "aiobs_event_contents", "aiobs_events", "aiobs_event_strays", "aiobs_event_outbox", "aiobs_costs", "aiobs_cost_strays", "aiobs_span_contents",
        "aiobs_conversations", "aiobs_conversation_tags", "aiobs_message_contents", "aiobs_turns", "aiobs_summaries", "aiobs_facts", "aiobs_profiles",
    ];

    /// <returns>Whether no old row was left; one is while a transaction may still see it.</returns>
    public async ValueTask<bool> RunAsync(CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var isWiped = true;
            foreach (var table in Tables)
            {
                // A part that was never used has no tables.
                if (await ExistsAsync(connection, table, cancellationToken).ConfigureAwait(false))
                {
                    isWiped &= await RewriteAsync(connection, table, cancellationToken).ConfigureAwait(false);
                }
            }

            return isWiped;
        }
    }

    private static async ValueTask<bool> ExistsAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            return await QueryAsync(command, $"SELECT to_regclass('{table}') IS NOT NULL", cancellationToken).ConfigureAwait(false) is true;
        }
    }

    private async ValueTask<bool> RewriteAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        List<PostgresNotice> notices = [];
        void Hear(object sender, NpgsqlNoticeEventArgs told) => notices.Add(told.Notice);
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            // What was erased was so by a transaction with a smaller number.
            var next = await QueryAsync(command, "SELECT pg_snapshot_xmax(pg_current_snapshot())::text", cancellationToken).ConfigureAwait(false);
            connection.Notice += Hear;
            try
            {
                await VacuumAsync(command, table, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
            {
                return false;
            }
            finally
            {
                connection.Notice -= Hear;
            }

            // Who may not do it gets a warning, and the command succeeds.
            if (notices.Find(static notice => notice.InvariantSeverity == "WARNING") is { } refusal)
            {
                throw new StoreException($"The user may not write the table {table} of {place} anew: only its owner may. ({refusal.MessageText})");
            }

            // Rows that died before this number are gone. It stays small while a transaction that may still see them runs.
            return await QueryAsync(
                command,
                $"SELECT age(relfrozenxid) <= age('{next}'::xid) FROM pg_catalog.pg_class WHERE oid = '{table}'::regclass",
                cancellationToken).ConfigureAwait(false) is true;
        }
    }

    /// <summary>Writes a table anew, which may take long. What has a limit is the wait for those who use it, as everybody else waits behind it meanwhile.</summary>
    private static async ValueTask VacuumAsync(NpgsqlCommand command, string table, CancellationToken cancellationToken)
    {
        var patience = command.CommandTimeout;
        await QueryAsync(command, string.Create(CultureInfo.InvariantCulture, $"SET lock_timeout = '{patience}s'"), cancellationToken).ConfigureAwait(false);
        try
        {
            command.CommandTimeout = 0;
            await QueryAsync(command, $"VACUUM (FULL) {table}", cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            command.CommandTimeout = patience;
            if (command.Connection?.State == ConnectionState.Open)
            {
                await QueryAsync(command, "RESET lock_timeout", CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private static Task<object?> QueryAsync(NpgsqlCommand command, string sql, CancellationToken cancellationToken)
    {
        command.CommandText = sql;
        return command.ExecuteScalarAsync(cancellationToken);
    }
}
