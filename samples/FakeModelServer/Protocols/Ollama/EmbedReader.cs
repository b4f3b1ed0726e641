using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols.Ollama;

/// <summary>Reads embed requests.</summary>
internal sealed class EmbedReader : IRequestReader
{
    public ModelRequest Read(JsonObject body, IReadOnlyDictionary<string, string> headers) => new()
    {
        Protocol = ModelProtocol.OllamaEmbed,
        Model = body.GetText("model") ?? string.Empty,
        Inputs = [.. ReadInputs(body["input"])],
        Headers = headers,
        Body = body,
    };

    private static IEnumerable<string> ReadInputs(JsonNode? input) => input switch
    {
        JsonArray items => items.Select(item => item.AsText() ?? string.Empty),
        _ => input.AsText() is { Length: > 0 } text ? [text] : [],
    };
}
