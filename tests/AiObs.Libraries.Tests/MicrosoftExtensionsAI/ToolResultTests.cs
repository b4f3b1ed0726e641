using Microsoft.Extensions.AI;

namespace AiObs.Libraries.Tests.MicrosoftExtensionsAI;

/// <summary>What tools return or throw, on the spans that an agent's loop gives them.</summary>
public sealed class ToolResultTests : LibraryTest
{
    private static readonly string[] Names = ["none", "nothing", "empty", "number", "stream", "broken"];

    public static MatrixTheoryData<CallStyle, ContentMode> OnAndOff => new([CallStyle.Plain, CallStyle.Streamed], [ContentMode.Off, ContentMode.On]);

    [Theory]
    [MemberData(nameof(OnAndOff))]
    public async Task Tool_Throws_IsAsApproved(CallStyle style, ContentMode content)
    {
        await using var run = new LibraryRun(content);

        await RunAsync(run, style, AIFunctionFactory.Create(Throw, Weather.ToolName));

        await run.ApproveAsync($"ToolThrows.{style}.{content}");
    }

    [Theory]
    [InlineData(CallStyle.Plain)]
    [InlineData(CallStyle.Streamed)]
    public async Task Tool_ReturnsALargeImage_IsAsApproved(CallStyle style)
    {
        await using var run = new LibraryRun(new LibraryRunOptions
        {
            Set = options => (options.Privacy.Base64ImageMaxLength, options.Privacy.MaxContentLength) = (0, 100),
        });

        await RunAsync(run, style, AIFunctionFactory.Create((string city) => new DataContent(new byte[300], "image/png"), Weather.ToolName));

        await run.ApproveAsync($"ToolReturnsImage.{style}");
    }

    [Fact]
    public async Task Tool_ReturnsALongText_IsAsApproved()
    {
        await using var run = new LibraryRun(new LibraryRunOptions { Set = options => options.Privacy.MaxContentLength = 100 });

        await RunAsync(run, CallStyle.Plain, AIFunctionFactory.Create((string city) => new string('x', 300), Weather.ToolName));

        await run.ApproveAsync("ToolReturnsLongText");
    }

    [Theory]
    [InlineData(SpanConventions.All)]
    [InlineData(SpanConventions.OpenInference)]
    public async Task Tools_ReturnOddValues_AreAsApproved(SpanConventions conventions)
    {
        await using var run = new LibraryRun(new LibraryRunOptions { Set = options => options.Conventions = conventions });
        AITool[] tools =
        [
            AIFunctionFactory.Create(string? () => null, "none"),
            AIFunctionFactory.Create(() => { }, "nothing"),
            AIFunctionFactory.Create(() => "", "empty"),
            AIFunctionFactory.Create(() => double.NaN, AsItIs("number")),
            AIFunctionFactory.Create(() => new MemoryStream([1, 2, 3]), AsItIs("stream")),
            AIFunctionFactory.Create(() => new Broken(), AsItIs("broken")),
        ];

        await RunAsync(run, CallStyle.Plain, Weather.Asking([.. Names.Select(Call)]), tools);

        await run.ApproveAsync($"OddResults.{conventions}");
    }

    /// <summary>Lets a function return the very object, where its result would be made JSON.</summary>
    private static AIFunctionFactoryOptions AsItIs(string name) => new() { Name = name, MarshalResult = (value, _, _) => new(value) };

    private static string Throw(string city) => throw new InvalidOperationException($"No station in {city}.");

    private static FunctionCallContent Call(string name) => new($"call_{name}", name, new Dictionary<string, object?>());

    private static Task RunAsync(LibraryRun run, CallStyle style, AIFunction tool) => RunAsync(run, style, Weather.Call, tool);

    private static async Task RunAsync(LibraryRun run, CallStyle style, ChatResponse call, params AITool[] tools)
    {
        using var agent = Weather.Scripted(call, Weather.Says).AsBuilder()
            .UseAgent("weather-assistant", run.Root)
            .UseFunctionInvocation()
            .UseAgentObservability(run.Root)
            .Build();

        await run.RecordAsync(() => AskAsync(agent, style, new() { Tools = [.. tools] }));
    }

    private sealed class Broken(string? name = null)
    {
        public string Name => name ?? throw new InvalidOperationException("Not now.");
    }
}
