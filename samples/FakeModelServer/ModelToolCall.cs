using System.Text.Json.Serialization;

namespace FakeModelServer;

/// <summary>Describes one tool call that the model asks for.</summary>
public sealed record ModelToolCall
{
    /// <summary>Gets the name of the tool.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the arguments as JSON text, in the pieces in which a stream sends them.</summary>
    /// <value>The default is an empty object in one piece. A script may give one string instead of an array.</value>
    /// <remarks>Ollama's protocol sends them whole, in the place of the last piece.</remarks>
    [JsonConverter(typeof(Hosting.PiecesConverter))]
    public IReadOnlyList<string> Arguments { get; init; } = ["{}"];

    /// <summary>Gets the identifier of the call.</summary>
    /// <value>The default is null: the server makes one up, in the protocol's form.</value>
    public string? Id { get; init; }

    /// <summary>Gets the arguments in one piece.</summary>
    [JsonIgnore]
    public string ArgumentsJson => string.Concat(Arguments);
}
