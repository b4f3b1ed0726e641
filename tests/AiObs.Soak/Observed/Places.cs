using AiObs.TestSupport;

namespace AiObs.Soak.Observed;

/// <summary>Says where everything that the soak writes lies.</summary>
/// <param name="directory">The directory, which goes with the soak.</param>
/// <param name="postgreSql">How to connect to PostgreSQL; null where there is none.</param>
internal sealed class Places(TemporaryDirectory directory, string? postgreSql)
{
    public string Directory => directory.Path;

    /// <summary>Gets the path that the names of the event files begin with.</summary>
    public string EventFile => directory.File("events.jsonl");

    public string Sqlite => $"Data Source={directory.File("aiobs.db")}";

    public string? PostgreSql => postgreSql;

    public string JournalOf(string witness) => directory.File($"{witness}.journal");
}
