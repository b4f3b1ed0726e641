using System.Collections;
using System.Diagnostics;
using System.Globalization;

namespace WeatherAgent.Screen;

/// <summary>Picks the attributes that tell most about a span. There are many more: <c>--spans</c> writes them all.</summary>
internal static class SpanHighlights
{
    public const string ErrorKey = "error.type";

    public static string KindOf(Activity span) => span.GetTagItem("openinference.span.kind") as string ?? "";

    public static IEnumerable<KeyValuePair<string, string>> Of(Activity span)
    {
        foreach (var key in KeysOf(KindOf(span)))
        {
            if (span.GetTagItem(key) is { } value)
            {
                yield return new(key, Describe(value));
            }
        }

        if (span.Status == ActivityStatusCode.Error)
        {
            yield return new(ErrorKey, $"{span.GetTagItem(ErrorKey)}: {span.StatusDescription}");
        }
    }

    private static string[] KeysOf(string kind) => kind switch
    {
        "AGENT" => ["gen_ai.conversation.id", "input.value", "output.value"],
        "LLM" => ["gen_ai.response.finish_reasons", "gen_ai.response.time_to_first_chunk"],
        "TOOL" => ["gen_ai.tool.call.arguments", "gen_ai.tool.call.result"],
        _ => [],
    };

    private static string Describe(object value) => value switch
    {
        string text => text,
        double seconds => seconds.ToString("0.000", CultureInfo.InvariantCulture),
        IEnumerable items => string.Join(", ", items.Cast<object>()),
        _ => FormattableString.Invariant($"{value}"),
    };
}
