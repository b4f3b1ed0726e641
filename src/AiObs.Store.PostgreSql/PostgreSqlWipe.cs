using System.Globalization;
using Npgsql;

namespace AiObs.Store.PostgreSql;

/// <summary>Writes the tables of events anew, without the rows that were there before. PostgreSQL keeps those in the files of a table otherwise.</summary>
internal sealed class PostgreSqlWipe(NpgsqlDataSource source, string place)
{
    private static readonly string[] Tables = ["aiobs_event_contents", "aiobs_events"];

    /// <returns>Whether no old row was left; one is while a transaction may still see it.</returns>
    public async ValueTask<bool> RunAsync(CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var isWiped = true;
            foreach (var table in Tables)
            {
                isWiped &= await RewriteAsync(connection, table, cancellationToken).ConfigureAwait(false);
            }

            return isWiped;
        }
    }

    private async ValueTask<bool> RewriteAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        List<PostgresNotice> notices = [];
        void Hear(object sender, NpgsqlNoticeEventArgs told) => notices.Add(told.Notice);
        connection.Notice += Hear;
        try
        {
            await ExecuteAsync(connection, $"VACUUM (FULL, VERBOSE) {table}", cancellationToken).ConfigureAwait(false);
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
        var refusal = notices.Find(static notice => notice.InvariantSeverity == "WARNING");
        return refusal is null
            ? notices.Exists(IsWithoutDeadRows)
            : throw new StoreException($"The user may not write the table {table} of {place} anew: only its owner may. ({refusal.MessageText})");
    }

    /// <summary>Reads "0 dead row versions cannot be removed yet", in whatever language the server speaks.</summary>
    private static bool IsWithoutDeadRows(PostgresNotice notice) =>
        notice.Detail is { } detail && detail.SkipWhile(static letter => !char.IsAsciiDigit(letter)).TakeWhile(char.IsAsciiDigit).SequenceEqual("0");

    /// <summary>Runs a command that may take long. What has a limit is the wait for others, who wait behind it meanwhile.</summary>
    private static async ValueTask ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"SET lock_timeout = '{connection.CommandTimeout}s'");
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                command.CommandText = sql;
                command.CommandTimeout = 0;
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                command.CommandText = "RESET lock_timeout";
                await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}
