using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols.OpenAI;

/// <summary>Reads embeddings requests.</summary>
internal sealed class EmbeddingsReader : IRequestReader
{
    public ModelRequest Read(JsonObject body, IReadOnlyDictionary<string, string> headers) => new()
    {
        Protocol = ModelProtocol.OpenAIEmbeddings,
        Model = body.GetText("model") ?? string.Empty,
        Inputs = [.. ReadInputs(body["input"])],
        Headers = headers,
        Body = body,
    };

    private static IEnumerable<string> ReadInputs(JsonNode? input) => input switch
    {
        null => [],
        // A flat array of numbers is one text, given as its tokens.
        JsonArray { Count: > 0 } items when items[0].AsText() is not null || items[0] is JsonArray => items.Select(ReadInput),
        _ => [ReadInput(input)],
    };

    private static string ReadInput(JsonNode? input) => input.AsText() ?? input?.ToJsonString() ?? string.Empty;
}
