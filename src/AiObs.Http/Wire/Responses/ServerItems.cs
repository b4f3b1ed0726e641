using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire.Responses;

/// <summary>Reads the items of tools that the service runs by itself.</summary>
internal static class ServerItems
{
    /// <summary>What the service made of the older part of a conversation.</summary>
    public const string Compaction = "compaction";

    private const string Mcp = "mcp";

    public static void AddContents(IList<AIContent> contents, JsonElement item)
    {
        var type = item.GetText("type");
        var id = item.GetName("id") ?? type ?? "";
        switch (type)
        {
            case "web_search_call":
                contents.Add(new WebSearchToolCallContent(id) { Queries = QueriesOf(item) });
                break;
            case "code_interpreter_call":
                AddCode(contents, item, id);
                break;
            case "image_generation_call":
                contents.Add(new ImageGenerationToolCallContent(id));
                if (MediaReading.Bytes(item.GetText("result"), "image/png") is { } image)
                {
                    contents.Add(new ImageGenerationToolResultContent(id) { Outputs = [image] });
                }

                break;
            case "mcp_call":
                AddMcp(contents, item, id);
                break;
            case Compaction:
                // What it holds only the service can read.
                contents.Add(OtherContents.Of(Compaction, ("id", item.GetName("id"))));
                break;
            case "mcp_approval_request":
                contents.Add(new ToolApprovalRequestContent(id, McpCall(item, id)));
                break;
        }
    }

    private static List<string>? QueriesOf(JsonElement item)
    {
        var action = item.Get("action");
        var queries = action.Items("queries")
            .Where(static query => query.ValueKind == JsonValueKind.String)
            .Select(static query => query.AsText() ?? "")
            .ToList();
        if (queries.Count == 0 && action.GetText("query") is { } query)
        {
            queries.Add(query);
        }

        return queries.Count == 0 ? null : queries;
    }

    private static void AddCode(IList<AIContent> contents, JsonElement item, string id)
    {
        var call = new CodeInterpreterToolCallContent(id);
        if (item.GetText("code") is { } code)
        {
            call.Inputs = [new DataContent(Encoding.UTF8.GetBytes(code), "text/x-python")];
        }

        contents.Add(call);
        var outputs = item.Items("outputs")
            .Select(static output => output.GetText("logs") is { } logs ? new TextContent(logs) : MediaReading.Image(output.GetText("url")))
            .OfType<AIContent>()
            .ToList();
        if (outputs.Count > 0)
        {
            contents.Add(new CodeInterpreterToolResultContent(id) { Outputs = outputs });
        }
    }

    private static void AddMcp(IList<AIContent> contents, JsonElement item, string id)
    {
        contents.Add(McpCall(item, id));
        if ((item.GetText("output") ?? item.GetText("error")) is { } output)
        {
            contents.Add(new McpServerToolResultContent(id) { Outputs = [new TextContent(output)] });
        }
    }

    private static McpServerToolCallContent McpCall(JsonElement item, string id) =>
        new(id, item.GetName("name") ?? Mcp, item.GetText("server_label"))
        {
            Arguments = ToolReading.Call(id, name: null, item.GetText("arguments")).Arguments,
        };
}
