namespace AiObs.ArchitectureTests.Rules;

/// <summary>Holds the folders of every library to their order.</summary>
public sealed class FolderLayersTests(ITestOutputHelper output)
{
    private static readonly IReadOnlyList<FolderLayersList> Lists =
        FolderLayersList.Read(Repository.Files(".txt", FolderLayersList.File).Single().Text);

    public static TheoryData<string> Projects => [.. Repository.Assemblies.Select(assembly => assembly.GetName().Name!)];

    [Fact]
    public void Lists_OfFolders_AreThoseOfTheProjects() =>
        Assert.Equal(Projects.Select(row => row.Data).Order(), Lists.Select(list => list.Project).Order());

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_OfEachProject_GoToLowerFolders(string name)
    {
        var list = Lists.Single(list => list.Project == name);
        var project = FolderLayersProject.Of(Repository.Assemblies.Single(assembly => assembly.GetName().Name == name));
        foreach (var reference in FolderLayers.Wrong(list, project))
        {
            output.WriteLine(reference.ToString());
        }

        var problems = FolderLayers.Problems(list, project).ToList();

        Assert.NotEmpty(project.Folders);
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }
}
