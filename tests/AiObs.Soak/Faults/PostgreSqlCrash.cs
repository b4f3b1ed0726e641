using AiObs.TestSupport.Databases;

namespace AiObs.Soak.Faults;

/// <summary>The database server stops as in a power failure, and starts again.</summary>
internal sealed class PostgreSqlCrash(PostgreSqlServer server) : IFault
{
    public string Name => "PostgreSQL crash and restart";

    public Task RunAsync() => server.CrashAndRestartAsync();
}
