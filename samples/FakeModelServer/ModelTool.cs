using System.Text.Json.Nodes;

namespace FakeModelServer;

/// <summary>Describes a tool that the request offers to the model.</summary>
/// <param name="Name">The name of the tool.</param>
/// <param name="Description">What the tool does, or null.</param>
/// <param name="Schema">The JSON schema of the arguments, or null.</param>
public sealed record ModelTool(string Name, string? Description, JsonNode? Schema);
