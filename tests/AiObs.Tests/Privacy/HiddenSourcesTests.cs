using AiObs.Tests.Chat;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Privacy;

/// <summary>Text that is hidden takes along what says where it is from.</summary>
public sealed class HiddenSourcesTests
{
    [Fact]
    public async Task HideOutputText_PagesFilesAndDocuments_LoseTheirAddresses()
    {
        AIContent[] said =
        [
            new WebSearchToolResultContent("c1") { Outputs = [new UriContent("https://secret.test/page", "text/html")] },
            new CodeInterpreterToolResultContent("c2") { Outputs = [new HostedFileContent("file-secret")] },
            new HostedFileContent("file-secret"),
            new UriContent("https://secret.test/a.pdf", "application/pdf"),
            new UriContent("https://shown.test/a.png", "image/png"),
        ];
        using var chat = new ObservedChat(StubChatClient.Answering(new(new ChatMessage(ChatRole.Assistant, said)) { FinishReason = ChatFinishReason.Stop }), o =>
        {
            o.CaptureContent = ContentCapture.Spans;
            o.Privacy.HideOutputText = true;
        });

        await chat.AskAsync();

        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"server_tool_call_response","id":"c1","server_tool_call_response":{"type":"web_search","output":[{"type":"uri","modality":"document","mime_type":"text/html","uri":"__REDACTED__"}]}},"""
            + """{"type":"server_tool_call_response","id":"c2","server_tool_call_response":{"type":"code_interpreter","output":[{"type":"file","modality":"document","file_id":"__REDACTED__"}]}},"""
            + """{"type":"file","modality":"document","file_id":"__REDACTED__"},"""
            + """{"type":"uri","modality":"document","mime_type":"application/pdf","uri":"__REDACTED__"},"""
            + """{"type":"uri","modality":"image","mime_type":"image/png","uri":"https://shown.test/a.png"}],"finish_reason":"stop"}]""",
            chat.Span.GetTagItem("gen_ai.output.messages"));
        Assert.DoesNotContain(chat.Span.TagObjects, static tag => tag.Value is string text && text.Contains("secret", StringComparison.Ordinal));
    }
}
