using System.Text.Json;
using AiObs.Store;

namespace AiObs.Otlp.Tests;

/// <summary>Writes what is kept of a span, a line each: attributes by their keys, then events, then content.</summary>
internal static class Kept
{
    public static string Of(SpanRecord span) => string.Join(
        '\n',
        Lines(span.Attributes)
            .Concat(span.Events is { } events ? [$"events = {events}"] : Array.Empty<string>())
            .Concat(span.Content is { } content ? Lines(content.Attributes).Select(static line => $"said: {line}") : []));

    private static IEnumerable<string> Lines(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject()
            .OrderBy(static member => member.Name, StringComparer.Ordinal)
            .Select(static member => $"{member.Name} = {member.Value.GetRawText()}")];
    }
}
