using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AiObs.Generators.Tests.Compiling;

/// <summary>A project that has the generator, as one that references the AiObs package has.</summary>
internal sealed class Consumer(string name, string source, params IReadOnlyList<CompiledAssembly> references)
{
    public CSharpCompilation Compilation { get; } =
        TestCompilation.Create(name, source, references.Select(reference => reference.Reference));

    public static GeneratorDriver CreateDriver(params IReadOnlyList<IIncrementalGenerator> others) =>
        CSharpGeneratorDriver.Create(
            [.. others.Prepend(new BuilderMethodsGenerator()).Select(generator => generator.AsSourceGenerator())],
            parseOptions: TestCompilation.ParseOptions,
            driverOptions: new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    public GeneratorRunResult Generate()
    {
        var driver = CreateDriver().RunGenerators(Compilation, TestContext.Current.CancellationToken);

        return Assert.Single(driver.GetRunResult().Results);
    }

    /// <summary>Compiles the project with what was generated for it; a warning anywhere fails the test.</summary>
    public CompiledAssembly Compile(Func<string, string>? editGenerated = null) =>
        CompiledAssembly.Emit(WithGenerated(editGenerated), references);

    public CSharpCompilation WithGenerated(Func<string, string>? editGenerated = null)
    {
        var generated = Generate().GeneratedSources.Select(file => file.SourceText.ToString());

        return Compilation.AddSyntaxTrees(generated.Select(editGenerated ?? (text => text)).Select(TestCompilation.Parse));
    }
}
