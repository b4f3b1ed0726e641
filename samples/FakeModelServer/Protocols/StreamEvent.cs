using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols;

/// <summary>Is one server-sent event.</summary>
/// <param name="Name">The event name, or null where the protocol names none.</param>
/// <param name="Data">The data, on one line.</param>
/// <param name="IsPiece">Whether the event carries a content piece; only these are delayed and counted.</param>
internal readonly record struct StreamEvent(string? Name, string Data, bool IsPiece = false)
{
    public static StreamEvent Unnamed(JsonObject data, bool isPiece = false) => new(null, data.ToWireText(), isPiece);

    /// <summary>Makes an event that is named after the type in its data.</summary>
    public static StreamEvent Typed(JsonObject data, bool isPiece = false) => new((string)data["type"]!, data.ToWireText(), isPiece);
}
