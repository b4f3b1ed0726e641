namespace AiObs.ArchitectureTests.PublicApi;

public sealed class ApprovedTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aiobs-approved-").FullName;

    private string ReceivedPath => Path.Combine(_folder, "Lib.received.txt");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Compare_SameText_IsNull()
    {
        Approve("class A\n");

        Assert.Null(new Approved(_folder, "Lib").Compare("class A\n", mayWrite: true));
        Assert.False(File.Exists(ReceivedPath));
    }

    [Fact]
    public void Compare_OtherText_TellsTheDifferenceAndLeavesTheReceivedFile()
    {
        Approve("class A\nclass B\n");

        var explanation = new Approved(_folder, "Lib").Compare("class A\nclass C\n", mayWrite: true);

        Assert.Contains("  - class B\n  + class C\n", explanation, StringComparison.Ordinal);
        Assert.Contains($"mv {ReceivedPath}", explanation, StringComparison.Ordinal);
        Assert.Equal("class A\nclass C\n", File.ReadAllText(ReceivedPath));
    }

    [Fact]
    public void Compare_LineThatAnotherTypeHasToo_IsTold()
    {
        Approve("class A {\n    int P;\n}\nclass B {\n}\n");

        var explanation = new Approved(_folder, "Lib").Compare("class A {\n    int P;\n}\nclass B {\n    int P;\n}\n", mayWrite: false);

        Assert.Contains(":\n  + int P;\n", explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_MayNotWrite_LeavesNoFile()
    {
        Assert.NotNull(new Approved(_folder, "Lib").Compare("class A\n", mayWrite: false));

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Compare_SameTextAgain_RemovesTheOldReceivedFile()
    {
        var approved = new Approved(_folder, "Lib");
        approved.Compare("class A\n", mayWrite: true);
        Approve("class A\n");

        Assert.Null(approved.Compare("class A\n", mayWrite: true));

        Assert.False(File.Exists(ReceivedPath));
    }

    private void Approve(string text) => File.WriteAllText(Path.Combine(_folder, "Lib.approved.txt"), text);
}
