using Microsoft.Extensions.AI;

namespace AiObs.Recording;

/// <summary>A tool that a request offers and that no class of Microsoft.Extensions.AI stands for.</summary>
/// <param name="type">The kind, in the provider's word.</param>
/// <param name="name">The tool's name.</param>
/// <param name="description">What the tool says of itself.</param>
internal sealed class OtherTool(string type, string name, string? description = null) : AITool
{
    public string Type => type;

    public override string Name => name;

    public override string Description => description ?? "";
}
