namespace AiObs.Conversations.Tests.Databases;

/// <summary>Where conversations are kept.</summary>
public enum StoreKind
{
    Memory,
    Sqlite,
    PostgreSql,
}
