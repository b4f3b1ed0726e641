using AiObs.Generators.Tests.Compiling;
using Microsoft.CodeAnalysis;

namespace AiObs.Generators.Tests;

/// <summary>What the generator does again when the user types.</summary>
public sealed class IncrementalityTests
{
    [Fact]
    public void Run_UnrelatedEdit_RegeneratesNothing()
    {
        var before = new Consumer("App", "class Before;", StandIn.Builders, StandIn.AiObs).Compilation;
        var after = before.ReplaceSyntaxTree(before.SyntaxTrees[0], TestCompilation.Parse("class After { void Added() { } }"));

        var result = RunTwice(before, after);

        Assert.Equal(IncrementalStepRunReason.Unchanged, ReasonOfParts(result));
        Assert.Equal([IncrementalStepRunReason.Cached], ReasonsOfOutputs(result));
    }

    [Fact]
    public void Run_BuilderIsReferencedLater_GeneratesThen()
    {
        var before = new Consumer("App", string.Empty, StandIn.AiObs).Compilation;
        var after = before.AddReferences(StandIn.Builders.Reference);

        var result = RunTwice(before, after);

        Assert.Equal(IncrementalStepRunReason.Modified, ReasonOfParts(result));
        Assert.Equal(3, result.GeneratedSources.Length);
    }

    private static GeneratorRunResult RunTwice(Compilation before, Compilation after)
    {
        var driver = Consumer.CreateDriver()
            .RunGenerators(before, TestContext.Current.CancellationToken)
            .RunGenerators(after, TestContext.Current.CancellationToken);

        return Assert.Single(driver.GetRunResult().Results);
    }

    private static IncrementalStepRunReason ReasonOfParts(GeneratorRunResult result) =>
        Assert.Single(Assert.Single(result.TrackedSteps[BuilderMethodsGenerator.PartsStep]).Outputs).Reason;

    private static IEnumerable<IncrementalStepRunReason> ReasonsOfOutputs(GeneratorRunResult result) =>
        result.TrackedOutputSteps.Values.SelectMany(steps => steps).SelectMany(step => step.Outputs).Select(output => output.Reason);
}
