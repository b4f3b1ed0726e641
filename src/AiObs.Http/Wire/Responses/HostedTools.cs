using System.Text.Json;
using AiObs.Recording;
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
        "function" => ToolReading.Declare(tool),
        "custom" => ToolReading.DeclareCustom(tool),
        "code_interpreter" => new HostedCodeInterpreterTool(),
        "file_search" => new HostedFileSearchTool(),
        "mcp" => new HostedMcpServerTool(tool.GetName("server_label") ?? "mcp", tool.GetName("server_url") ?? "mcp:"),
        { } type when type.StartsWith("web_search", StringComparison.Ordinal) => new HostedWebSearchTool(),
        { Length: > 0 } type => new OtherTool(type, type),
        _ => null,
    };
}
