using System.Text.Json;
using AiObs.Tracing;

namespace AiObs.OpenTelemetry.Bridge.Content.Reading;

/// <summary>Reads the documents that a retrieval found.</summary>
internal static class DocumentReader
{
    public static IReadOnlyList<RetrievedDocument>? Read(JsonElement root) => root.ValueKind == JsonValueKind.Array
        ? [.. root.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.Object).Select(ReadOne)]
        : null;

    private static RetrievedDocument ReadOne(JsonElement document) => new()
    {
        Id = document.Member("id")?.AsText(),
        Content = (document.Member("content") ?? document.Member("text"))?.AsText(),
        Score = document.Member("score") is { ValueKind: JsonValueKind.Number } score && score.TryGetDouble(out var value) ? value : null,
        Metadata = Further(document),
    };

    private static Dictionary<string, object?>? Further(JsonElement document)
    {
        var further = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in document.EnumerateObject())
        {
            if (member.Name == "metadata" && member.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var inner in member.Value.EnumerateObject())
                {
                    further[inner.Name] = inner.Value;
                }
            }
            else if (member.Name is not ("id" or "content" or "text" or "score"))
            {
                further[member.Name] = member.Value;
            }
        }

        return further.Count == 0 ? null : further;
    }
}
