using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols;

/// <summary>Is one event of a stream, as it stands on the wire.</summary>
/// <param name="Text">The event with the line break that ends it; empty when only the piece counts.</param>
/// <param name="IsPiece">Whether the event carries a content piece; only these are delayed and counted.</param>
internal readonly record struct StreamEvent(string Text, bool IsPiece = false)
{
    /// <summary>Gets the event for a piece that a protocol without room for parts sends later, with the pieces after it.</summary>
    public static StreamEvent Withheld { get; } = new(string.Empty, IsPiece: true);

    public static StreamEvent Unnamed(JsonObject data, bool isPiece = false) => Unnamed(data.ToWireText(), isPiece);

    public static StreamEvent Unnamed(string data, bool isPiece = false) => new($"data: {data}\n\n", isPiece);

    /// <summary>Makes a server-sent event that is named after the type in its data.</summary>
    public static StreamEvent Typed(JsonObject data, bool isPiece = false) =>
        new($"event: {(string)data["type"]!}\ndata: {data.ToWireText()}\n\n", isPiece);

    /// <summary>Makes a line of JSON, for protocols that send those instead of server-sent events.</summary>
    public static StreamEvent Line(JsonObject data, bool isPiece = false) => new($"{data.ToWireText()}\n", isPiece);
}
