using System.Text.Json.Nodes;

namespace FakeModelServer.Protocols;

/// <summary>Reads a request body of one protocol.</summary>
internal interface IRequestReader
{
    ModelRequest Read(JsonObject body, IReadOnlyDictionary<string, string> headers);
}
