namespace AiObs.Storage.Tests.Databases;

public enum DatabaseKind
{
    Sqlite,

    PostgreSql,
}
