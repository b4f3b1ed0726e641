using System.Data.Common;
using AiObs.Storage.PostgreSql;
using Npgsql;

namespace AiObs.Storage.Tests.Databases;

/// <summary>Is a schema of a test's own on a real server.</summary>
public sealed class PostgreSqlTestDatabase(string connectionString) : TestDatabase
{
    public string ConnectionString => connectionString;

    public override string[] ProcessArguments => ["postgresql", connectionString];

    public override async ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection($"{connectionString};Pooling=False");
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private protected override SqlDialect CreateDialect() => new PostgreSqlDialect(NpgsqlDataSource.Create(connectionString), ownsSource: true);
}
