using Microsoft.Extensions.AI;

namespace AiObs.DocSnippets.StandIns;

/// <summary>Stands in for a client of the Model Context Protocol, whose tools are functions.</summary>
public sealed class McpConnection(IList<AIFunction> tools)
{
    public Task<IList<AIFunction>> ListToolsAsync() => Task.FromResult(tools);
}
