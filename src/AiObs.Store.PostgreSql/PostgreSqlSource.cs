using System.Data.Common;
using Npgsql;

namespace AiObs.Store.PostgreSql;

/// <summary>Makes the data source of a connection string.</summary>
internal static class PostgreSqlSource
{
    // Two dozen statements, and the combinations of filters and changes that an application uses.
    private const int MaxAutoPrepare = 80;

    /// <summary>
    /// Makes a source that compiles each statement once for each connection, and whose connections are not put back into their first state before each use, as nothing here leaves them
    /// in another; unless the connection string says how many statements may be, or that they are.
    /// </summary>
    /// <exception cref="ArgumentException">The connection string is malformed.</exception>
    public static NpgsqlDataSource Create(string connectionString)
    {
        var parsed = new NpgsqlConnectionStringBuilder(connectionString);
        if (!IsGiven(connectionString, "Max Auto Prepare", nameof(parsed.MaxAutoPrepare)))
        {
            parsed.MaxAutoPrepare = MaxAutoPrepare;
        }

        if (!IsGiven(connectionString, "No Reset On Close", nameof(parsed.NoResetOnClose)))
        {
            parsed.NoResetOnClose = true;
        }

        return NpgsqlDataSource.Create(parsed);
    }

    private static bool IsGiven(string connectionString, params ReadOnlySpan<string> spellings)
    {
        var given = new DbConnectionStringBuilder { ConnectionString = connectionString };
        foreach (var keyword in spellings)
        {
            if (given.ContainsKey(keyword))
            {
                return true;
            }
        }

        return false;
    }
}
