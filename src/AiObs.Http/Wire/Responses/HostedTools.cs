using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire.Responses;

/// <summary>Reads the tools that a request offers: functions, and those that the service runs by itself.</summary>
internal static class HostedTools
{
    public static List<AITool>? ReadAll(JsonElement body)
    {
        List<AITool>? tools = null;
        foreach (var tool in body.Items("tools"))
        {
            if (Read(tool) is { } read)
            {
                (tools ??= []).Add(read);
            }
        }

        return tools;
    }

    private static AITool? Read(JsonElement tool) => tool.GetText("type") switch
    {
        "function" or "custom" => ToolReading.Declare(tool),
        "code_interpreter" => new HostedCodeInterpreterTool(),
        "file_search" => new HostedFileSearchTool(),
        "mcp" => new HostedMcpServerTool(tool.GetName("server_label") ?? "mcp", tool.GetName("server_url") ?? "mcp:"),
        { } type when type.StartsWith("web_search", StringComparison.Ordinal) => new HostedWebSearchTool(),
        { Length: > 0 } type => new ServiceTool(type),
        _ => null,
    };

    /// <summary>A tool of the service that chat clients have no type for; its name is all there is to know.</summary>
    private sealed class ServiceTool(string name) : AITool
    {
        public override string Name => name;
    }
}
