using System.Text.Json;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

/// <summary>One content item of every kind, with the part it becomes and the leaves it becomes in a flattened message.</summary>
internal static class ContentSamples
{
    private static readonly string[] RequestQueries = ["oslo"];

    /// <summary>Gets for each kind: the content, the GenAI part, and the OpenInference keys below the message, without its role.</summary>
    public static IReadOnlyDictionary<string, (AIContent Content, string Part, Dictionary<string, object?> Leaves)> All { get; } =
        new Dictionary<string, (AIContent, string, Dictionary<string, object?>)>
        {
            ["text"] = (new TextContent("Hi"), """{"type":"text","content":"Hi"}""", new() { ["message.content"] = "Hi" }),
            ["whitespace"] = (new TextContent(" \n"), """{"type":"text","content":" \n"}""", new() { ["message.content"] = " \n" }),
            ["reasoning"] = (
                new TextReasoningContent("because"),
                """{"type":"reasoning","content":"because"}""",
                Part("reasoning", ("text", "because"))),
            ["signed reasoning"] = (
                new TextReasoningContent("because") { ProtectedData = "sig" },
                """{"type":"reasoning","content":"because"}""",
                Part("reasoning", ("text", "because"), ("signature", "sig"))),
            ["hidden reasoning"] = (
                new TextReasoningContent(null) { ProtectedData = "opaque" },
                """{"type":"reasoning","content":""}""",
                Part("reasoning", ("data", "opaque"))),
            ["image"] = (
                new DataContent(new byte[] { 1, 2, 3 }, "image/png"),
                """{"type":"blob","modality":"image","mime_type":"image/png","content":"AQID"}""",
                Part("image", ("image.image.url", "data:image/png;base64,AQID"))),
            ["audio"] = (
                new DataContent(new byte[] { 1, 2, 3 }, "audio/wav"),
                """{"type":"blob","modality":"audio","mime_type":"audio/wav","content":"AQID"}""",
                Part("audio", ("audio.audio.url", "data:audio/wav;base64,AQID"))),
            ["video"] = (
                new DataContent(new byte[] { 1, 2, 3 }, "video/mp4"),
                """{"type":"blob","modality":"video","mime_type":"video/mp4","content":"AQID"}""",
                Part("video", ("video.video.url", "data:video/mp4;base64,AQID"))),
            ["pdf"] = (
                new DataContent(new byte[] { 1, 2, 3 }, "application/pdf"),
                """{"type":"blob","modality":"document","mime_type":"application/pdf","content":"AQID"}""",
                Part("document", ("text", """{"type":"blob","modality":"document","mime_type":"application/pdf","content":"AQID"}"""))),
            ["pdf at an address"] = Custom(
                new UriContent("https://x.test/a.pdf", "application/pdf"),
                "document",
                """{"type":"uri","modality":"document","mime_type":"application/pdf","uri":"https://x.test/a.pdf"}"""),
            ["percent-encoded data"] = (
                new DataContent("data:text/plain,a%20b"),
                """{"type":"blob","modality":"document","mime_type":"text/plain","content":"YSBi"}""",
                Part("document", ("text", """{"type":"blob","modality":"document","mime_type":"text/plain","content":"YSBi"}"""))),
            ["uri"] = (
                new UriContent("https://x.test/a%20b.png?sig=%2B", "image/png"),
                """{"type":"uri","modality":"image","mime_type":"image/png","uri":"https://x.test/a%20b.png?sig=%2B"}""",
                Part("image", ("image.image.url", "https://x.test/a%20b.png?sig=%2B"))),
            ["call"] = (
                new FunctionCallContent("c1", "weather", new Dictionary<string, object?> { ["city"] = "Oslo", ["days"] = 2 }),
                """{"type":"tool_call","id":"c1","name":"weather","arguments":{"city":"Oslo","days":2}}""",
                Call("""{"city":"Oslo","days":2}""")),
            ["call with arguments that are no object"] = (
                new UnreadCallContent("c1", "weather", "{\"c\":"),
                """{"type":"tool_call","id":"c1","name":"weather","arguments":"{\"c\":"}""",
                Call("""
                    "{\"c\":"
                    """)),
            ["call without arguments"] = (
                new FunctionCallContent("c1", "weather"), """{"type":"tool_call","id":"c1","name":"weather"}""", Call(null)),
            ["result"] = (
                new FunctionResultContent("c1", "sunny"),
                """{"type":"tool_call_response","id":"c1","response":"sunny"}""",
                Result("sunny")),
            ["object result"] = (
                new FunctionResultContent("c1", new Dictionary<string, object?> { ["t"] = 4 }),
                """{"type":"tool_call_response","id":"c1","response":{"t":4}}""",
                Result("""{"t":4}""")),
            ["element result"] = (
                new FunctionResultContent("c1", JsonElement.Parse("[1,2]")),
                """{"type":"tool_call_response","id":"c1","response":[1,2]}""",
                Result("[1,2]")),
            ["text element result"] = (
                new FunctionResultContent("c1", JsonElement.Parse("\"sunny\"")),
                """{"type":"tool_call_response","id":"c1","response":"sunny"}""",
                Result("sunny")),
            ["null result"] = (
                new FunctionResultContent("c1", null), """{"type":"tool_call_response","id":"c1","response":null}""", Result(null)),
            ["content result"] = (
                new FunctionResultContent("c1", new UriContent("https://x.test/a.png", "image/png")),
                """{"type":"tool_call_response","id":"c1","response":[{"type":"uri","modality":"image","mime_type":"image/png","uri":"https://x.test/a.png"}]}""",
                Result("""[{"type":"uri","modality":"image","mime_type":"image/png","uri":"https://x.test/a.png"}]""")),
            ["contents result"] = (
                new FunctionResultContent("c1", new List<AIContent> { new TextContent("a"), new TextContent("b") }),
                """{"type":"tool_call_response","id":"c1","response":[{"type":"text","content":"a"},{"type":"text","content":"b"}]}""",
                Result("""[{"type":"text","content":"a"},{"type":"text","content":"b"}]""")),
            ["error"] = Custom(
                new ErrorContent("bad") { ErrorCode = "e1", Details = "more" },
                "error",
                """{"type":"error","message":"bad","error_code":"e1","details":"more"}"""),
            ["file"] = Custom(
                new HostedFileContent("f1") { MediaType = "image/png" },
                "file",
                """{"type":"file","modality":"image","mime_type":"image/png","file_id":"f1"}"""),
            ["vector store"] = Custom(
                new HostedVectorStoreContent("v1"), "vector_store", """{"type":"vector_store","vector_store_id":"v1"}"""),
            ["code call"] = Custom(
                new CodeInterpreterToolCallContent("c1") { Inputs = [new DataContent("1+1"u8.ToArray(), "text/x-python")] },
                "server_tool_call",
                """{"type":"server_tool_call","id":"c1","name":"code_interpreter","server_tool_call":{"type":"code_interpreter","code":"1+1"}}"""),
            ["code result"] = Custom(
                new CodeInterpreterToolResultContent("c1") { Outputs = [new TextContent("2")] },
                "server_tool_call_response",
                """{"type":"server_tool_call_response","id":"c1","server_tool_call_response":{"type":"code_interpreter","output":"2"}}"""),
            ["image call"] = Custom(
                new ImageGenerationToolCallContent("c1"),
                "server_tool_call",
                """{"type":"server_tool_call","id":"c1","name":"image_generation","server_tool_call":{"type":"image_generation"}}"""),
            ["image result"] = Custom(
                new ImageGenerationToolResultContent("c1") { Outputs = [new UriContent("https://x.test/a.png", "image/png")] },
                "server_tool_call_response",
                """{"type":"server_tool_call_response","id":"c1","server_tool_call_response":{"type":"image_generation","output":[{"type":"uri","modality":"image","mime_type":"image/png","uri":"https://x.test/a.png"}]}}"""),
            ["web search call"] = Custom(
                new WebSearchToolCallContent("c1") { Queries = RequestQueries },
                "server_tool_call",
                """{"type":"server_tool_call","id":"c1","name":"web_search","server_tool_call":{"type":"web_search","queries":["oslo"]}}"""),
            ["web search result"] = Custom(
                new WebSearchToolResultContent("c1"),
                "server_tool_call_response",
                """{"type":"server_tool_call_response","id":"c1","server_tool_call_response":{"type":"web_search","output":[]}}"""),
            ["mcp call"] = Custom(
                McpCall,
                "server_tool_call",
                """{"type":"server_tool_call","id":"c1","name":"search","server_tool_call":{"type":"mcp","server_name":"docs","arguments":{"q":"x"}}}"""),
            ["mcp result"] = Custom(
                new McpServerToolResultContent("c1") { Outputs = [new TextContent("found")] },
                "server_tool_call_response",
                """{"type":"server_tool_call_response","id":"c1","server_tool_call_response":{"type":"mcp","output":"found"}}"""),
            ["mcp approval request"] = Custom(
                new ToolApprovalRequestContent("a1", McpCall),
                "server_tool_call",
                """{"type":"server_tool_call","id":"a1","name":"search","server_tool_call":{"type":"mcp_approval_request","server_name":"docs","arguments":{"q":"x"}}}"""),
            ["mcp approval response"] = Custom(
                new ToolApprovalResponseContent("a1", true, McpCall),
                "server_tool_call_response",
                """{"type":"server_tool_call_response","id":"a1","server_tool_call_response":{"type":"mcp_approval_response","approved":true}}"""),
            ["approval request"] = Custom(
                new ToolApprovalRequestContent("a1", new FunctionCallContent("c1", "weather", new Dictionary<string, object?> { ["city"] = "Oslo" })),
                "tool_approval_request",
                """{"type":"tool_approval_request","id":"a1","name":"weather","arguments":{"city":"Oslo"}}"""),
            ["approval response"] = Custom(
                new ToolApprovalResponseContent("a1", false, new FunctionCallContent("c1", "weather")) { Reason = "no" },
                "tool_approval_response",
                """{"type":"tool_approval_response","id":"a1","approved":false,"reason":"no"}"""),
            ["unknown"] = Custom(new WeatherMapContent(), "weather_map", """{"type":"weather_map"}"""),
        };

    private static McpServerToolCallContent McpCall =>
        new("c1", "search", "docs") { Arguments = new Dictionary<string, object?> { ["q"] = "x" } };

    private static (AIContent Content, string Part, Dictionary<string, object?> Leaves) Custom(AIContent content, string type, string part) =>
        (content, part, Part(type, ("text", part)));

    private static Dictionary<string, object?> Part(string type, params (string Leaf, string Value)[] leaves)
    {
        var keys = new Dictionary<string, object?> { ["message.contents.0.message_content.type"] = type };
        foreach (var (leaf, value) in leaves)
        {
            keys[$"message.contents.0.message_content.{leaf}"] = value;
        }

        return keys;
    }

    private static Dictionary<string, object?> Call(string? arguments)
    {
        var keys = new Dictionary<string, object?>
        {
            ["message.tool_calls.0.tool_call.id"] = "c1",
            ["message.tool_calls.0.tool_call.function.name"] = "weather",
        };
        if (arguments is not null)
        {
            keys["message.tool_calls.0.tool_call.function.arguments"] = arguments;
        }

        return keys;
    }

    private static Dictionary<string, object?> Result(string? content)
    {
        var keys = new Dictionary<string, object?> { ["message.tool_call_id"] = "c1" };
        if (content is not null)
        {
            keys["message.content"] = content;
        }

        return keys;
    }

    private sealed class WeatherMapContent : AIContent;
}
