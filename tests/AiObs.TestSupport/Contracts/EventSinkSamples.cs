using System.Globalization;
using AiObs.Events;

namespace AiObs.TestSupport.Contracts;

/// <summary>Events for the tests of sinks.</summary>
internal static class EventSinkSamples
{
    /// <summary>Gets an event with everything that one can have.</summary>
    public static AgentEvent Full { get; } = new()
    {
        Id = IdOf(7),
        Time = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(2)).AddTicks(1_234_567),
        Type = "everything_happened",
        ConversationId = "c1",
        UserId = "u1",
        SessionId = "s1",
        TraceId = "0af7651916cd43dd8448eb211c80319c",
        SpanId = "b7ad6b7169203331",
        Data = new Dictionary<string, object?>
        {
            ["text"] = "t",
            ["flag"] = true,
            ["long"] = long.MaxValue,
            ["decimal"] = 0.000_000_1m,
            ["double"] = 1.5e300,
            ["nothing"] = null,
            ["list"] = new List<object?> { 1L, "a", null },
            ["nested"] = new Dictionary<string, object?> { ["deep"] = new List<object?> { false } },
        },
        Content = """{"said":["hello",1]}""",
    };

    /// <summary>Gets texts that break careless writers.</summary>
    public static IReadOnlyList<string> HostileTexts { get; } =
        ["a\nb\r\nc", "\u2028\u2029\u0085", "tab\tnul\u0001\u001b[31m", "\"quoted\" \\ 'back'", "日本語 🧪", "=1+1", "</script>", "{\"id\":1}\n{"];

    public static AgentEvent Of(int number) => new()
    {
        Id = IdOf(number),
        Time = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(number),
        Type = "numbered",
        Data = new Dictionary<string, object?> { ["number"] = (long)number },
    };

    public static Guid IdOf(int number) =>
        Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"01980000-0000-7000-8000-{number:000000000000}"), CultureInfo.InvariantCulture);
}
