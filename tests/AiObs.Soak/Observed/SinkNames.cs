namespace AiObs.Soak.Observed;

/// <summary>Names the sinks and logs that the load goes to.</summary>
internal static class SinkNames
{
    public const string Recovering = "recovering sink";
    public const string Hanging = "hanging sink";
    public const string Slow = "slow sink";
    public const string File = "file sink";
    public const string SqliteLog = "sqlite log";
    public const string PostgreSqlLog = "postgresql log";
}
