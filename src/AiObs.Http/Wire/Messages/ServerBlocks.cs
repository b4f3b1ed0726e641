using System.Buffers;
using System.Text;
using System.Text.Json;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire.Messages;

/// <summary>Reads the blocks of tools that the service runs by itself, as chat clients for it do where they know them.</summary>
internal static class ServerBlocks
{
    public const string ToolUse = "server_tool_use";
    public const string McpToolUse = "mcp_tool_use";

    private const string Result = "_tool_result";
    private const string WebSearch = "web_search";
    private const string CodeExecution = "code_execution";
    private const string Mcp = "mcp";

    /// <summary>A payload nests deeper by one than the answer that it was in.</summary>
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 512 };

    public static bool IsCall(JsonElement block) => block.GetText("type") is ToolUse or McpToolUse;

    /// <summary>Reads a call or a result; <see langword="null"/> for blocks of any other kind.</summary>
    public static AIContent? Read(JsonElement block) => block.GetText("type") switch
    {
        ToolUse or McpToolUse => Call(block, block.Get("input")?.GetRawText()),
        { } type when type.EndsWith(Result, StringComparison.Ordinal) => ResultOf(block, type[..^Result.Length]),
        _ => null,
    };

    /// <summary>Reads a call whose arguments may have come in pieces.</summary>
    /// <param name="block">The block, or the start of it.</param>
    /// <param name="arguments">The arguments, which the model writes.</param>
    public static AIContent Call(JsonElement block, string? arguments)
    {
        var id = block.GetText("id") ?? "";
        var name = block.GetName("name") ?? "";
        if (block.GetText("type") == McpToolUse)
        {
            return new McpServerToolCallContent(id, name, block.GetText("server_name")) { Arguments = ToolReading.Call(id, name, arguments).Arguments };
        }

        var given = ToolReading.Call(id, name, arguments).Arguments;
        return name switch
        {
            WebSearch => new WebSearchToolCallContent(id) { Queries = TextIn(given, "query") is { } query ? [query] : null },
            CodeExecution => new CodeInterpreterToolCallContent(id)
            {
                Inputs = TextIn(given, "code") is { } code ? [new DataContent(Encoding.UTF8.GetBytes(code), "text/x-python")] : null,
            },
            _ => new ServerToolContent(id, name, PayloadOf(name, writer => WriteMembers(writer, given))),
        };
    }

    private static AIContent ResultOf(JsonElement block, string tool)
    {
        var id = block.GetText("tool_use_id") ?? "";
        var content = block.Get("content");
        return tool switch
        {
            WebSearch => new WebSearchToolResultContent(id) { Outputs = FoundIn(content) },
            CodeExecution => new CodeInterpreterToolResultContent(id) { Outputs = PrintedIn(content) },
            Mcp => new McpServerToolResultContent(id) { Outputs = SaidIn(content) },
            _ => new ServerToolContent(id, name: null, PayloadOf(tool, writer =>
            {
                if (content is { } known)
                {
                    writer.WritePropertyName("content");
                    known.WriteTo(writer);
                }
            })),
        };
    }

    private static List<AIContent> FoundIn(JsonElement? content)
    {
        if (content is not { ValueKind: JsonValueKind.Array } pages)
        {
            return ErrorIn(content);
        }

        var found = new List<AIContent>();
        foreach (var page in pages.EnumerateArray())
        {
            ContentReading.AddIfKnown(found, MediaReading.File(page.GetText("url")));
        }

        return found;
    }

    private static List<AIContent> PrintedIn(JsonElement? content)
    {
        var printed = ErrorIn(content);
        ContentReading.AddText(printed, content.GetText("stdout"));
        if (content.GetText("stderr") is { Length: > 0 } error)
        {
            printed.Add(new ErrorContent(error) { ErrorCode = content?.Get("return_code")?.GetRawText() });
        }

        foreach (var file in content.Items("content"))
        {
            ContentReading.AddIfKnown(printed, MediaReading.HostedFile(file.GetText("file_id")));
        }

        return printed;
    }

    private static List<AIContent> SaidIn(JsonElement? content)
    {
        var said = new List<AIContent>();
        ContentReading.Add(said, content, BlockReading.AddContent);
        return said;
    }

    private static List<AIContent> ErrorIn(JsonElement? content) =>
        content.GetName("error_code") is { } code ? [new ErrorContent(null) { ErrorCode = code }] : [];

    private static string? TextIn(IDictionary<string, object?>? arguments, string name) =>
        arguments?.TryGetValue(name, out var value) is true && value is JsonElement element ? element.AsText() : null;

    private static void WriteMembers(Utf8JsonWriter writer, IDictionary<string, object?>? arguments)
    {
        foreach (var (name, value) in arguments ?? new Dictionary<string, object?>())
        {
            if (value is JsonElement element && name != "type")
            {
                writer.WritePropertyName(name);
                element.WriteTo(writer);
            }
        }
    }

    /// <summary>Makes an object of its own, which names the tool: the answer that it was in does not last.</summary>
    private static JsonElement PayloadOf(string tool, Action<Utf8JsonWriter> write)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteString("type", tool);
            write(writer);
            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(json.WrittenMemory, Deep);
        return document.RootElement.Clone();
    }
}
