namespace AiObs.TestSupport;

/// <summary>The longest that a test waits for anything: it ends a test that hangs and must decide no other.</summary>
/// <remarks>So it is far longer than the busiest machine needs, and what a test is about comes as a signal.</remarks>
public static class HangGuard
{
    /// <summary>The limit as <c>[Fact(Timeout = …)]</c> takes it.</summary>
    public const int Milliseconds = Seconds * 1_000;

    /// <summary>The limit as connection strings and programs take it.</summary>
    public const int Seconds = 300;

    /// <summary>The limit as everything else takes it.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(Seconds);

    /// <summary>The longest <see cref="AgentObservabilityOptions.CallbackTimeout"/> there is: a redaction that waits for a processor is no failure.</summary>
    public static TimeSpan LongestCallback { get; } = TimeSpan.FromMinutes(1);
}
