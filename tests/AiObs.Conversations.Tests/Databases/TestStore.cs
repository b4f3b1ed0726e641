using System.Globalization;
using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Conversations.Tests.Databases;

/// <summary>Is an empty store of a test's own, which another process can open too where it is a database.</summary>
internal sealed class TestStore : IDisposable
{
    private const string InProcess = "memory";
    private const string Sqlite = "sqlite";
    private const string PostgreSql = "postgresql";

    private readonly TemporaryDirectory? _directory;

    private TestStore(string kind, string connectionString, TemporaryDirectory? directory = null) => (Arguments, _directory) = ([kind, connectionString], directory);

    /// <summary>Gets what another process needs to open it.</summary>
    public string[] Arguments { get; }

    public static TestStore InMemory() => new(InProcess, "");

    public static TestStore InSqlite()
    {
        var directory = new TemporaryDirectory();
        return new(Sqlite, string.Create(CultureInfo.InvariantCulture, $"Data Source={directory.File("aiobs.db")};Default Timeout={HangGuard.Seconds};Pooling=False"), directory);
    }

    public static TestStore InPostgreSql(string connectionString) => new(PostgreSql, connectionString);

    /// <summary>Makes a root keep everything there.</summary>
    public void AddTo(AgentObservabilityBuilder builder) => Add(builder, Arguments[0], Arguments[1]);

    /// <summary>Makes a root keep everything in a store of a kind.</summary>
    public static void Add(AgentObservabilityBuilder builder, string kind, string connectionString)
    {
        if (kind == Sqlite)
        {
            builder.AddStore(store => store.UseSqlite(connectionString));
        }
        else if (kind == PostgreSql)
        {
            builder.AddStore(store => store.UsePostgreSql(connectionString));
        }
    }

    public void Dispose() => _directory?.Dispose();
}
