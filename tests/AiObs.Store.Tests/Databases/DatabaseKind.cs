namespace AiObs.Store.Tests.Databases;

public enum DatabaseKind
{
    Sqlite,

    PostgreSql,
}
