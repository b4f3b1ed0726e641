namespace AiObs.Store.Tests.Databases;

/// <summary>Runs a test on every kind of database.</summary>
public sealed class DatabaseKinds : TheoryData<DatabaseKind>
{
    public DatabaseKinds()
        : base(Enum.GetValues<DatabaseKind>())
    {
    }
}
