using System.Diagnostics;

namespace AiObs.OpenTelemetry.Bridge;

/// <summary>Leaves each key once on a span that two have written on, one of whom only appends.</summary>
internal static class RepeatedTags
{
    public static void Remove(Activity span)
    {
        List<string>? repeated = null;
        foreach (ref readonly var tag in span.EnumerateTagObjects())
        {
            if (CountOf(span, tag.Key) > 1)
            {
                (repeated ??= []).Add(tag.Key);
            }
        }

        // The first of a key is what is removed, once per further occurrence, so that the last one stays.
        foreach (var key in repeated?.Distinct(StringComparer.Ordinal) ?? [])
        {
            for (var count = CountOf(span, key); count > 1; count--)
            {
                span.SetTag(key, null);
            }
        }
    }

    private static int CountOf(Activity span, string key)
    {
        var count = 0;
        foreach (ref readonly var tag in span.EnumerateTagObjects())
        {
            count += tag.Key == key ? 1 : 0;
        }

        return count;
    }
}
