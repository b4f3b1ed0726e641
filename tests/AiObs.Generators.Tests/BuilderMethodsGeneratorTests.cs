using AiObs.Generators.Tests.Compiling;
using Microsoft.CodeAnalysis;

namespace AiObs.Generators.Tests;

/// <summary>Which files a compilation gets, and which it is spared.</summary>
public sealed class BuilderMethodsGeneratorTests
{
    private const string ChatFile = "AiObsChatClientBuilderExtensions.g.cs";
    private const string EmbeddingFile = "AiObsEmbeddingGeneratorBuilderExtensions.g.cs";
    private const string AttributeFile = "Microsoft.CodeAnalysis.EmbeddedAttribute.g.cs";

    [Fact]
    public void Run_BothBuilders_GeneratesMethodsForBoth()
    {
        var result = new Consumer("App", string.Empty, StandIn.Builders, StandIn.AiObs).Generate();

        Assert.Equal([ChatFile, EmbeddingFile, AttributeFile], FileNames(result));
    }

    [Fact]
    public void Run_ChatClientBuilderAlone_GeneratesItsMethodsAlone()
    {
        var result = new Consumer("App", string.Empty, StandIn.ChatClientBuilderAlone, StandIn.AiObs).Generate();

        Assert.Equal([ChatFile, AttributeFile], FileNames(result));
    }

    [Fact]
    public void Run_NoBuilderType_GeneratesNothing()
    {
        var result = new Consumer("App", string.Empty, StandIn.AiObs).Generate();

        AssertSilent(result);
    }

    [Fact]
    public void Run_NoAiObs_GeneratesNothing()
    {
        var result = new Consumer("App", string.Empty, StandIn.Builders).Generate();

        AssertSilent(result);
    }

    [Theory]
    [InlineData("public ChatClientBuilder Use(Func<IChatClient, IChatClient> stage) => this;")]
    [InlineData("public void Use(Func<IChatClient, IServiceProvider, IChatClient> stage) { }")]
    [InlineData("protected ChatClientBuilder Use(Func<IChatClient, IServiceProvider, IChatClient> stage) => this;")]
    [InlineData("public static ChatClientBuilder Use(Func<IChatClient, IServiceProvider, IChatClient> stage) => new();")]
    public void Run_BuilderWithoutTheUseMethod_GeneratesNothing(string member)
    {
        var builders = CompileBuilder("public", member);

        var result = new Consumer("App", string.Empty, builders, StandIn.AiObs).Generate();

        AssertSilent(result);
    }

    [Fact]
    public void Run_BuilderOutOfReach_GeneratesNothing()
    {
        var builders = CompileBuilder(
            "internal", "public ChatClientBuilder Use(Func<IChatClient, IServiceProvider, IChatClient> stage) => this;");

        var result = new Consumer("App", string.Empty, builders, StandIn.AiObs).Generate();

        AssertSilent(result);
    }

    [Fact]
    public void Run_TwoBuildersOfOneName_GeneratesNothingForIt()
    {
        var second = StandIn.Compile("Vendored", StandIn.Read("ChatClientBuilder.cs"));

        var result = new Consumer("App", string.Empty, StandIn.Builders, second, StandIn.AiObs).Generate();

        Assert.Equal([EmbeddingFile, AttributeFile], FileNames(result));
    }

    [Theory]
    [InlineData("extensions", false)]
    [InlineData("extensions,global", true)]
    public void Run_BuildersUnderExternAlias_GeneratesOnlyWhatGlobalReaches(string aliases, bool isGenerated)
    {
        var builders = StandIn.Builders.Reference.WithAliases(aliases.Split(','));
        var compilation = TestCompilation.Create("App", string.Empty, [builders, StandIn.AiObs.Reference]);

        var result = Consumer.CreateDriver().RunGenerators(compilation, TestContext.Current.CancellationToken).GetRunResult();

        Assert.Equal(isGenerated, !result.GeneratedTrees.IsEmpty);
    }

    [Fact]
    public void Run_AttributeDeclaredByHand_IsNotDeclaredAgain()
    {
        const string source = "namespace Microsoft.CodeAnalysis { internal sealed class EmbeddedAttribute : System.Attribute { } }";
        var consumer = new Consumer("App", source, StandIn.Builders, StandIn.AiObs);

        var result = consumer.Generate();

        Assert.Equal([ChatFile, EmbeddingFile], FileNames(result));
        Assert.Equal("App", consumer.Compile().Name);
    }

    [Fact]
    public void Run_OtherGeneratorDeclaresTheAttribute_DeclarationsMerge()
    {
        var consumer = new Consumer("App", string.Empty, StandIn.Builders, StandIn.AiObs);

        Consumer.CreateDriver(new OtherGenerator()).RunGeneratorsAndUpdateCompilation(
            consumer.Compilation, out var compilation, out _, TestContext.Current.CancellationToken);

        var attribute = compilation.GetTypeByMetadataName("Microsoft.CodeAnalysis.EmbeddedAttribute")!;
        var diagnostics = compilation.GetDiagnostics(TestContext.Current.CancellationToken);
        Assert.Equal(2, attribute.DeclaringSyntaxReferences.Length);
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
    }

    private static CompiledAssembly CompileBuilder(string accessibility, string member) => StandIn.Compile(
        "Microsoft.Extensions.AI",
        $"using System; namespace Microsoft.Extensions.AI; {accessibility} class ChatClientBuilder {{ {member} }}");

    private static IEnumerable<string> FileNames(GeneratorRunResult result) => result.GeneratedSources.Select(file => file.HintName);

    private static void AssertSilent(GeneratorRunResult result)
    {
        Assert.Empty(result.GeneratedSources);
        Assert.Empty(result.Diagnostics);
        Assert.Null(result.Exception);
    }

    private sealed class OtherGenerator : IIncrementalGenerator
    {
        private const string Text =
            "namespace Microsoft.CodeAnalysis { internal sealed partial class EmbeddedAttribute : System.Attribute { } }";

        public void Initialize(IncrementalGeneratorInitializationContext context) =>
            context.RegisterSourceOutput(context.CompilationProvider, static (output, _) => output.AddSource("Embedded.cs", Text));
    }
}
