using System.Text.Json;
using AiObs.Http.Wire.ChatCompletions;
using Microsoft.Extensions.AI;

namespace AiObs.OpenAI.Tests.Wire;

/// <summary>Chunks that the SDK does not make sense of by itself.</summary>
public sealed class ChunkReaderTests
{
    [Fact]
    public void Read_CallsOfSeveralChoices_KeepsThemApart()
    {
        var calls = Read(
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\""}}]}}]}""",
            """{"choices":[{"index":1,"delta":{"tool_calls":[{"index":0,"id":"b","function":{"name":"g","arguments":"{\"y\""}}]}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]},"finish_reason":"tool_calls"}]}""",
            """{"choices":[{"index":1,"delta":{"tool_calls":[{"index":0,"function":{"arguments":":2}"}}]},"finish_reason":"tool_calls"}]}""");

        Assert.Equal(["a f x=1", "b g y=2"], calls);
    }

    [Fact]
    public void Read_CallOfTheOlderForm_IsACall()
    {
        var calls = Read(
            """{"choices":[{"delta":{"function_call":{"name":"f","arguments":"{\"x\""}}}]}""",
            """{"choices":[{"delta":{"function_call":{"arguments":":1}"}},"finish_reason":"function_call"}]}""");

        Assert.Equal([" f x=1"], calls);
    }

    private static IEnumerable<string> Read(params string[] chunks)
    {
        var reader = new ChunkReader(keepsContent: true, keepsCalls: true);
        foreach (var chunk in chunks)
        {
            using var document = JsonDocument.Parse(chunk);
            foreach (var call in reader.Read(document.RootElement).Update.Contents.OfType<FunctionCallContent>())
            {
                yield return $"{call.CallId} {call.Name} {string.Join(',', call.Arguments!.Select(static argument => $"{argument.Key}={argument.Value}"))}";
            }
        }
    }
}
