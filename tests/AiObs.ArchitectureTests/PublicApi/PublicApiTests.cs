using PublicApiGenerator;

namespace AiObs.ArchitectureTests.PublicApi;

public sealed class PublicApiTests
{
    private static readonly ApiGeneratorOptions Options = new()
    {
        // They hold the commit, the configuration and the names of the test projects.
        IncludeAssemblyAttributes = false,

        // Our extension methods live in the namespaces of the types that they extend, which are left out by default.
        DenyNamespacePrefixes = [],
        OrderBy = OrderMode.NamespaceThenFullName,
        TreatRecordsAsClasses = false,
    };

    public static TheoryData<string> AssemblyNames => [.. Repository.Assemblies.Select(assembly => assembly.GetName().Name!)];

    [Theory]
    [MemberData(nameof(AssemblyNames))]
    public void PublicSurface_OfEachLibrary_IsTheApprovedOne(string assemblyName)
    {
        var assembly = Repository.Assemblies.Single(candidate => candidate.GetName().Name == assemblyName);
        var approved = new Approved(Path.Combine(Repository.Root, "tests/AiObs.ArchitectureTests/PublicApi"), assemblyName);
        var received = assembly.GeneratePublicApi(Options).ReplaceLineEndings("\n") + "\n";

        var explanation = approved.Compare(received, mayWrite: Environment.GetEnvironmentVariable("CI") is null);

        Assert.True(explanation is null, explanation);
    }
}
