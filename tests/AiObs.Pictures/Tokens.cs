using System.Globalization;
using System.Text.RegularExpressions;

namespace AiObs.Pictures;

/// <summary>Puts tokens in the place of what differs from run to run: the same token for the same id, so that relations stay visible.</summary>
/// <remarks>Spans become <c>#s1</c>, traces <c>#t1</c>, ports <c>#p1</c>, all other ids <c>#1</c>, in the order in which they stand in the text.</remarks>
internal sealed partial class Tokens(IEnumerable<string> spanIds, IEnumerable<string> traceIds)
{
    private readonly HashSet<string> _spans = [.. spanIds];
    private readonly HashSet<string> _traces = [.. traceIds];
    private readonly Dictionary<string, string> _tokens = [];
    private readonly Dictionary<string, int> _counts = [];

    public string Replace(string text)
    {
        text = Times().Replace(text, static match => IsOfTheClock(match.Value) ? match.Value : "#time");
        text = Ports().Replace(text, match => match.Groups[1].Value + TokenOf(match.Groups[2].Value, "p"));

        return Ids().Replace(text, match => TokenOf(match.Value));
    }

    private static bool IsOfTheClock(string time) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, out var parsed) && Math.Abs((parsed - Recorder.StartTime).TotalDays) < 100;

    private string TokenOf(string id)
    {
        var key = id.Replace("-", "", StringComparison.Ordinal);

        return _spans.Contains(key) ? TokenOf(key, "s")
            : _traces.Contains(key) ? TokenOf(key, "t")
            : key.Length == 16 && key.All(char.IsAsciiDigit) ? id
            : TokenOf(key, "");
    }

    private string TokenOf(string key, string kind)
    {
        if (!_tokens.TryGetValue(key, out var token))
        {
            var number = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
            _tokens[key] = token = string.Create(CultureInfo.InvariantCulture, $"#{kind}{number}");
        }

        return token;
    }

    [GeneratedRegex("(?<![0-9a-zA-Z])(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32}|[0-9a-f]{16})(?![0-9a-zA-Z])")]
    private static partial Regex Ids();

    // Only ports that the system picks differ.
    [GeneratedRegex(@"((?:localhost|127\.0\.0\.1|\[::1\]):|server\.port(?:: |=)(?:long|int) )((?:3[2-9]|[45]\d|6[0-5])\d{3})(?!\d)")]
    private static partial Regex Ports();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")]
    private static partial Regex Times();
}
