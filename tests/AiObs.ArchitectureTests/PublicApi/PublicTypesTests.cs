using AiObs.ArchitectureTests.Rules;

namespace AiObs.ArchitectureTests.PublicApi;

/// <summary>Keeps what a user has to look at small.</summary>
public sealed class PublicTypesTests(ITestOutputHelper output)
{
    /// <summary>What is not in a list of its own. Extension classes in the namespaces of other libraries count too. Lower it with each type that goes, so that none comes back.</summary>
    private const int Most = 253;

    /// <summary>Packages that an application adds for one thing, which it has to look at only then.</summary>
    private static readonly Dictionary<string, int> MostOfItsOwn = new() { ["AiObs.AspNetCore"] = 2, ["AiObs.Conversations"] = 63, ["AiObs.Dashboard"] = 5, ["AiObs.Http"] = 2, ["AiObs.Otlp"] = 1, ["AiObs.Prices"] = 5 };

    private static readonly List<Type> Types =
        [.. Repository.Assemblies.SelectMany(static assembly => assembly.GetExportedTypes()).Where(static type => !type.IsNested)];

    [Fact]
    public void PublicTypes_OfOurOwnNamespaces_StandInTheFewThatUsersSee()
    {
        var ours = Types.Select(static type => type.Namespace!).Where(static name => name == "AiObs" || name.StartsWith("AiObs.", StringComparison.Ordinal)).ToHashSet();

        Assert.InRange(ours.Count, 1, 14);
        Assert.Subset(NamespaceIsFolder.Public.ToHashSet(), ours);
    }

    [Fact]
    public void PublicTypes_OfAllLibraries_AreNotMoreThanAgreed()
    {
        foreach (var group in Types.GroupBy(static type => type.Namespace!).OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{group.Count(),4} {group.Key}");
        }

        var count = Types.Count(static type => !MostOfItsOwn.ContainsKey(NameOf(type)));
        Assert.True(count <= Most, $"There are {count} public types; {Most} are allowed. Make one internal, or merge two.");
    }

    [Fact]
    public void PublicTypes_OfAPackageForOneThing_AreNotMoreThanAgreed() => Assert.Equal(
        MostOfItsOwn, Types.GroupBy(NameOf).Where(static group => MostOfItsOwn.ContainsKey(group.Key)).ToDictionary(static group => group.Key, static group => group.Count()));

    private static string NameOf(Type type) => type.Assembly.GetName().Name!;
}
