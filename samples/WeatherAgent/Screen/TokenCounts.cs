using System.Diagnostics;
using System.Globalization;

namespace WeatherAgent.Screen;

/// <summary>Counts the tokens of spans. Only model calls own tokens, so that sums are right.</summary>
internal readonly record struct TokenCounts(long Input, long Cached, long Output, long Reasoning)
{
    public static TokenCounts Of(Activity span) => new(
        Read(span, "gen_ai.usage.input_tokens"),
        Read(span, "gen_ai.usage.cache_read.input_tokens"),
        Read(span, "gen_ai.usage.output_tokens"),
        Read(span, "gen_ai.usage.reasoning.output_tokens"));

    public static TokenCounts operator +(TokenCounts left, TokenCounts right) => new(
        left.Input + right.Input, left.Cached + right.Cached, left.Output + right.Output, left.Reasoning + right.Reasoning);

    /// <summary>Returns text such as <c>525 in (480 cached), 42 out (9 reasoning)</c>; empty for none.</summary>
    public override string ToString() =>
        this == default ? "" : $"{Describe(Input, "in", Cached, "cached")}, {Describe(Output, "out", Reasoning, "reasoning")}";

    private static long Read(Activity span, string key) => span.GetTagItem(key) is long count ? count : 0;

    private static string Describe(long count, string name, long part, string partName)
    {
        var whole = string.Create(CultureInfo.InvariantCulture, $"{count:N0} {name}");

        return part == 0 ? whole : string.Create(CultureInfo.InvariantCulture, $"{whole} ({part:N0} {partName})");
    }
}
