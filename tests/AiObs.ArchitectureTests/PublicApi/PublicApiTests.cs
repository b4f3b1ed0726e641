namespace AiObs.ArchitectureTests.PublicApi;

public sealed class PublicApiTests
{
    public static TheoryData<string> AssemblyNames => [.. Repository.Assemblies.Select(assembly => assembly.GetName().Name!)];

    [Theory]
    [MemberData(nameof(AssemblyNames))]
    public void PublicSurface_OfEachLibrary_IsTheApprovedOne(string assemblyName)
    {
        var assembly = Repository.Assemblies.Single(candidate => candidate.GetName().Name == assemblyName);
        var approved = new Approved(Path.Combine(Repository.Root, "tests/AiObs.ArchitectureTests/PublicApi"), assemblyName);

        var explanation = approved.Compare(PublicSurface.Of(assembly), mayWrite: Environment.GetEnvironmentVariable("CI") is null);

        Assert.True(explanation is null, explanation);
    }
}
