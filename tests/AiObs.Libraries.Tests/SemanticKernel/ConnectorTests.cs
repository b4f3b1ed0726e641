using AiObs.Libraries.Tests.OpenAI;
using FakeModelServer;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using OpenAI;
using InvocationContext = Microsoft.SemanticKernel.FunctionInvocationContext;

namespace AiObs.Libraries.Tests.SemanticKernel;

/// <summary>The kernel's own connectors for OpenAI: they run functions themselves and trace themselves.</summary>
public sealed class ConnectorTests : LibraryTest
{
    [Theory]
    [MemberData(nameof(EachWay))]
    public async Task ChatCompletion_CallsAFunction_IsAsApproved(CallStyle style, ContentMode content)
    {
        await using var run = new LibraryRun(content);
        var server = await run.ServeAsync(Replies('-'));

        await run.RecordAsync(() => AskAsync(style, builder => builder.AddOpenAIChatCompletion(Weather.Model, Sdk.Connect(server))));

        await run.ApproveAsync($"Connector.ChatCompletion.{style}.{content}");
    }

    [Theory]
    [InlineData(CallStyle.Plain)]
    [InlineData(CallStyle.Streamed)]
    public async Task ChatCompletion_OverAnObservedClientOfTheSdk_IsAsApproved(CallStyle style)
    {
        await using var run = new LibraryRun(ContentMode.On);
        var server = await run.ServeAsync(Replies('-'));

        await run.RecordAsync(() => AskAsync(style, builder => builder.AddOpenAIChatCompletion(
            Weather.Model, Sdk.Connect(server, options => options.UseAgentObservability(run.Root)))));

        await run.ApproveAsync($"Connector.ObservedSdk.{style}");
    }

    [Theory]
    [InlineData(CallStyle.Plain)]
    [InlineData(CallStyle.Streamed)]
    public async Task ChatCompletion_FunctionThrows_IsAsApproved(CallStyle style)
    {
        await using var run = new LibraryRun(ContentMode.On);
        var server = await run.ServeAsync(Replies('-'));

        await run.RecordAsync(() => AskAsync(
            style,
            builder => builder.AddOpenAIChatCompletion(Weather.Model, Sdk.Connect(server)),
            static city => throw new InvalidOperationException($"No station in {city}.")));

        await run.ApproveAsync($"Connector.FunctionThrows.{style}");
    }

    [Theory]
    [InlineData(CallStyle.Plain)]
    [InlineData(CallStyle.Streamed)]
    public async Task ChatCompletion_Filtered_IsAsApproved(CallStyle style)
    {
        await using var run = new LibraryRun(ContentMode.On);
        var server = await run.ServeAsync(Replies('-'));

        await run.RecordAsync(() => AskAsync(style, builder =>
        {
            builder.AddOpenAIChatCompletion(Weather.Model, Sdk.Connect(server));
            builder.Services.AddSingleton<IAutoFunctionInvocationFilter, TerminatingFilter>();
            builder.Services.AddSingleton<IFunctionInvocationFilter, RewritingFilter>();
        }));

        await run.ApproveAsync($"Connector.Filtered.{style}");
    }

    [Theory]
    [MemberData(nameof(EachWay))]
    public async Task ChatClient_OfTheConnector_IsAsApproved(CallStyle style, ContentMode content)
    {
        await using var run = new LibraryRun(content);
        var server = await run.ServeAsync(Replies('_'));

        await run.RecordAsync(() => AskAsync(style, builder =>
        {
            builder.Services.AddSingleton(run.Root);
            builder.AddOpenAIChatClient(Weather.Model, Sdk.Connect(server));
            builder.Services.AddAgentObservability().ObserveChatClients();
        }));

        await run.ApproveAsync($"Connector.ChatClient.{style}.{content}");
    }

    [Fact]
    public async Task EmbeddingGenerator_OfTheConnector_IsAsApproved()
    {
        await using var run = new LibraryRun(ContentMode.On);
        var server = await run.ServeAsync(new ModelReply { Embeddings = [[0.5f, 0.25f]], Usage = new() { InputTokens = 12 } });
        var builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton(run.Root);
        builder.AddOpenAIEmbeddingGenerator("text-embedding-3-small", Sdk.Connect(server));
        builder.Services.AddAgentObservability().ObserveChatClients();

        var generator = builder.Build().GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        await run.RecordAsync(() => generator.GenerateAsync([Weather.Question], cancellationToken: Token));

        await run.ApproveAsync("Connector.Embeddings");
    }

    /// <summary>Returns the replies of the conversation with the function's name as the kernel writes it: connectors and chat clients differ.</summary>
    private static ModelReply[] Replies(char separator)
    {
        var replies = Weather.Replies;
        replies[0] = replies[0] with { ToolCalls = [replies[0].ToolCalls[0] with { Name = $"w{separator}{Weather.ToolName}" }] };
        return replies;
    }

    private static async Task AskAsync(CallStyle style, Action<IKernelBuilder> add, Func<string, string>? tell = null)
    {
        var builder = Kernel.CreateBuilder();
        add(builder);
        var kernel = builder.Build();
        kernel.Plugins.AddFromFunctions("w", [KernelFunctionFactory.CreateFromMethod(tell ?? Weather.Tell, Weather.ToolName, "Tells the weather.")]);
        await KernelCalls.AskAsync(kernel, style, Token);
    }

    private sealed class TerminatingFilter : IAutoFunctionInvocationFilter
    {
        public async Task OnAutoFunctionInvocationAsync(AutoFunctionInvocationContext context, Func<AutoFunctionInvocationContext, Task> next)
        {
            await next(context);
            context.Terminate = true;
        }
    }

    private sealed class RewritingFilter : IFunctionInvocationFilter
    {
        public async Task OnFunctionInvocationAsync(InvocationContext context, Func<InvocationContext, Task> next)
        {
            await next(context);
            if (context.Function.Name == Weather.ToolName)
            {
                context.Result = new FunctionResult(context.Result, "23 degrees in Paris");
            }
        }
    }
}
