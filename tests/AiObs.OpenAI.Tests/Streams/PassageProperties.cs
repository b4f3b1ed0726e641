using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using OpenAI;

namespace AiObs.OpenAI.Tests.Streams;

/// <summary>Whatever comes back, and however it is cut: the caller gets the very same bytes.</summary>
public sealed class PassageProperties
{
    private static readonly Uri Endpoint = new("https://api.openai.com/v1");

    private static readonly string[] Fragments =
    [
        "data: ", "data:", "event: x\n", "\n", "\r\n", "\r", "\n\n", ": comment\n", "[DONE]", "{", "}", "null", "\uFEFF", "é€😀",
        """data: {"id":"c1","model":"m","choices":[{"index":0,"delta":{"content":"Sun"}}]}""" + "\n\n",
        """data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"t","function":{"name":"f","arguments":"{\"a\""}}]}}]}""" + "\r\n\r\n",
        """data: {"choices":[{"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":3}}""" + "\n\n",
        """data: {"choices":7,"usage":"x","id":[],"error":3}""" + "\n\n",
        """data: {"type":"response.output_text.delta","delta":"ny"}""" + "\n\n",
        """data: {"type":"response.completed","response":{"id":"r","status":"completed","output":[],"usage":{"input_tokens":-1}}}""" + "\n\n",
        """data: {"type":"response.output_item.done","item":{"type":"mcp_call","name":3,"arguments":"[1"}}""" + "\n\n",
        """data: {"type":"error","code":4}""" + "\n\n",
    ];

    private static Gen<byte[]> Streams => Gen.Elements(Fragments).ListOf().Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts)));

    private static Gen<byte[]> Noise => ArbMap.Default.GeneratorFor<byte[]>().Select(static bytes => bytes ?? []);

    private static Gen<int[]> Pieces => Gen.Choose(1, 40).ListOf().Select(static sizes => sizes.ToArray());

    [Fact]
    public void Stream_CutAnywhere_PassesUnchanged() => Check(Streams, "text/event-stream", isStreaming: true);

    [Fact]
    public void Stream_OfRandomBytes_PassesUnchanged() => Check(Noise, "text/event-stream", isStreaming: true);

    [Fact]
    public void Body_OfRandomBytes_PassesUnchanged() => Check(Noise, "application/json", isStreaming: false);

    [Fact]
    public void Body_OfAnotherShape_PassesUnchanged() => Check(
        Gen.Elements("[]", "{}", "7", "null", """{"choices":{},"usage":[1]}""", """{"output":[{"type":7},{"content":{}}],"status":1}""",
            """{"choices":[{"message":{"content":[{"type":"text"}],"tool_calls":[{}]}}]}""", """{"data":[{"embedding":"!"},{}]}""")
            .Select(Encoding.UTF8.GetBytes),
        "application/json",
        isStreaming: false);

    private static void Check(Gen<byte[]> bodies, string contentType, bool isStreaming)
    {
        using var root = AgentObservability.Create(static builder => builder.AddCostTracking().Configure(static options =>
            options.CaptureContent = ContentCapture.All));
        var cases = bodies.Zip(Pieces).Zip(Gen.Elements(Enum.GetValues<Way>()), static (pair, way) => (Body: pair.Item1, Pieces: pair.Item2, way));

        Fuzz.Check(cases, value =>
        {
            using var transport = new CannedTransport(value.Body, contentType, value.Pieces);
            var plain = Read(transport.Connect(Endpoint, static _ => { }), value.way, isStreaming);
            var observed = Read(transport.Connect(root, Endpoint), value.way, isStreaming);

            Assert.Equal(plain, observed);

            // The SDK reads the start of a stream of responses before its caller does, observed or not.
            if (value.way != Way.Responses)
            {
                Assert.Equal(value.Body, plain);
            }
        });
    }

    private static byte[] Read(OpenAIClient sdk, Way way, bool isStreaming)
    {
        using var request = BinaryContent.Create(BinaryData.FromString($$"""{"model":"gpt-4o","stream":{{(isStreaming ? "true" : "false")}}}"""));
        var options = new RequestOptions { BufferResponse = way is Way.Buffered };
        var response = Call(sdk, request, options, way).GetRawResponse();
        if (way == Way.Buffered)
        {
            return response.Content.ToArray();
        }

        using var read = new MemoryStream();
        using (response)
        {
            response.ContentStream!.CopyTo(read);
        }

        return read.ToArray();
    }

    private static ClientResult Call(OpenAIClient sdk, BinaryContent request, RequestOptions options, Way way) => way switch
    {
        Way.Responses => sdk.GetResponsesClient().CreateResponse(request, options),
        Way.Embeddings => sdk.GetEmbeddingClient("text-embedding-3-small").GenerateEmbeddings(request, options),
        _ => sdk.GetChatClient("gpt-4o").CompleteChat(request, options),
    };

    private enum Way
    {
        Chat,
        Responses,
        Embeddings,
        Buffered,
    }
}
