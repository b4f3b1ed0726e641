using System.Collections;
using System.Diagnostics;

namespace AiObs.TestSupport;

/// <summary>Compares a whole span with what is expected and tells every difference at once.</summary>
public static class SpanAssert
{
    /// <summary>
    /// Passes when the span has exactly these attributes, with equal values of exactly these types; arrays compare by element.
    /// </summary>
    public static void Attributes(Dictionary<string, object?> expected, Activity span) =>
        Attributes(expected, span.TagObjects, $"span '{span.DisplayName}'");

    /// <summary>The same for any list of attributes: of an event, a measurement, a received span.</summary>
    public static void Attributes(
        Dictionary<string, object?> expected, IEnumerable<KeyValuePair<string, object?>> actual, string owner = "attributes")
    {
        var difference = Difference(expected, actual);
        if (difference.Length > 0)
        {
            Assert.Fail($"The attributes of {owner} differ.\n{difference}");
        }
    }

    /// <summary>Passes when code and description of the status are as expected.</summary>
    public static void Status(ActivityStatusCode expectedCode, string? expectedDescription, Activity span)
    {
        if (span.Status != expectedCode || span.StatusDescription != expectedDescription)
        {
            var expected = $"{expectedCode} \"{expectedDescription}\"";
            Assert.Fail($"The status of span '{span.DisplayName}' is {SpanText.Status(span)}; expected {expected}.");
        }
    }

    internal static string Difference(Dictionary<string, object?> expected, IEnumerable<KeyValuePair<string, object?>> actual)
    {
        List<string> missing = [];
        List<string> unexpected = [];
        List<string> different = [];
        var byKey = actual.ToLookup(pair => pair.Key, pair => pair.Value);

        foreach (var key in expected.Keys.Union(byKey.Select(group => group.Key)).Order(StringComparer.Ordinal))
        {
            var values = byKey[key].ToList();
            if (!expected.TryGetValue(key, out var wanted))
            {
                unexpected.AddRange(values.Select(value => $"  {key}: {ValueText.Of(value)}\n"));
            }
            else if (values.Count == 0)
            {
                missing.Add($"  {key}: {ValueText.Of(wanted)}\n");
            }
            else if (values.Count > 1)
            {
                different.Add($"  {key}: written {values.Count} times\n");
            }
            else if (!AreEqual(wanted, values[0]))
            {
                different.Add($"  {key}:\n    expected {ValueText.Of(wanted)}\n    actual   {ValueText.Of(values[0])}\n");
            }
        }

        return Section("missing", missing) + Section("unexpected", unexpected) + Section("different", different);
    }

    private static string Section(string title, List<string> lines) => lines.Count == 0 ? "" : $"{title}:\n{string.Concat(lines)}";

    private static bool AreEqual(object? expected, object? actual) => (expected, actual) switch
    {
        (AnyValue any, _) => any.Matches(actual),
        (null, null) => true,
        (null, _) or (_, null) => false,
        _ when expected.GetType() != actual.GetType() => false,
        (string, string) => expected.Equals(actual),
        (IEnumerable left, IEnumerable right) => ElementsAreEqual([.. left.Cast<object?>()], [.. right.Cast<object?>()]),
        _ => expected.Equals(actual),
    };

    private static bool ElementsAreEqual(List<object?> expected, List<object?> actual) =>
        expected.Count == actual.Count && expected.Zip(actual).All(pair => AreEqual(pair.First, pair.Second));
}
