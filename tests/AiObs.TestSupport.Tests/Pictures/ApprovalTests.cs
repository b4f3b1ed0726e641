using AiObs.Pictures;

namespace AiObs.TestSupport.Tests.Pictures;

public sealed class ApprovalTests : IDisposable
{
    private const string Wrong = "== a ==\nsame\n\n== b ==\nwrong\n";
    private const string Right = "== a ==\nsame\n\n== b ==\nright\n";
    private const string RightSection = "== b ==\nright\n";

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Approve_ApprovedText_Passes()
    {
        Write("run.approved", Wrong);

        New().Approve("run", Wrong);

        Assert.False(Exists("run.received"));
    }

    [Fact]
    public void Approve_OtherText_FailsWithTheDifferenceAndTheWayToAccept()
    {
        Write("run.approved", Wrong);

        var failure = Assert.ThrowsAny<Exception>(() => New().Approve("run", Right));

        Assert.Contains("== b ==\n  - wrong\n  + right\n", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("same", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"mv {PathOf("run.received")} {PathOf("run.approved")}", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Right, Read("run.received"));
    }

    [Fact]
    public void Approve_NothingApproved_FailsAndLeavesTheReceivedText()
    {
        var failure = Assert.ThrowsAny<Exception>(() => New().Approve("run", Right));

        Assert.Contains("No picture \"run\" has been approved yet.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Right, Read("run.received"));
    }

    [Fact]
    public void Approve_MayNotWrite_FailsAndLeavesNoFile()
    {
        var failure = Assert.ThrowsAny<Exception>(() => New(mayWrite: false).Approve("run", Right));

        Assert.Contains("on your own machine", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Approve_ApprovedAfterAFailure_RemovesTheReceivedText()
    {
        Write("run.approved", Wrong);
        Write("run.received", Right);

        New().Approve("run", Wrong);

        Assert.False(Exists("run.received"));
    }

    [Fact]
    public void Approve_SectionsInAnotherOrder_Fails()
    {
        Write("run.approved", "== a ==\n1\n\n== b ==\n2\n");

        var failure = Assert.ThrowsAny<Exception>(() => New().Approve("run", "== b ==\n2\n\n== a ==\n1\n"));

        Assert.Contains("The order of the sections differs.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Approve_FaultThatStillStands_Passes()
    {
        Write("run.approved", Wrong);
        Write("run.L1.right", RightSection);

        New().Approve("run", Wrong, "L1");

        Assert.False(Exists("run.received"));
    }

    [Fact]
    public void Approve_FaultThatIsMended_FailsAndTellsWhatToDo()
    {
        Write("run.approved", Wrong);
        Write("run.L1.right", RightSection);

        var failure = Assert.ThrowsAny<Exception>(() => New().Approve("run", Right, "L1"));

        Assert.Contains($"Mended in \"run\": L1. Remove the mark from the test, delete {PathOf("run.L1.right")}", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"mv {PathOf("run.received")} {PathOf("run.approved")}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Approve_NeitherApprovedNorRight_Fails()
    {
        Write("run.approved", Wrong);
        Write("run.L1.right", RightSection);

        var failure = Assert.ThrowsAny<Exception>(() => New().Approve("run", "== a ==\nsame\n\n== b ==\nworse\n", "L1"));

        Assert.Contains("not the approved one, and not a right one either", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Approve_FaultMendedAndSomethingElseChanged_IsNotCalledMended()
    {
        Write("run.approved", Wrong);
        Write("run.L1.right", RightSection);

        var failure = Assert.ThrowsAny<Exception>(() => New().Approve("run", "== a ==\nother\n\n== b ==\nright\n", "L1"));

        Assert.Contains("not a right one either", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Approve_OneOfTwoFaultsMended_NamesThatOne()
    {
        Write("run.approved", Wrong);
        Write("run.L1.right", RightSection);
        Write("run.C1.right", "== a ==\nbetter\n");

        var failure = Assert.ThrowsAny<Exception>(() => New().Approve("run", Right, "L1", "C1"));

        Assert.Contains("Mended in \"run\": L1.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Approve_BothFaultsMended_NamesBoth()
    {
        Write("run.approved", Wrong);
        Write("run.L1.right", RightSection);
        Write("run.C1.right", "== a ==\nbetter\n");

        var failure = Assert.ThrowsAny<Exception>(() => New().Approve("run", "== a ==\nbetter\n\n== b ==\nright\n", "L1", "C1"));

        Assert.Contains("Mended in \"run\": L1, C1.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Approve_MarkWithoutARightText_Fails()
    {
        Write("run.approved", Wrong);

        var failure = Assert.ThrowsAny<Exception>(() => New().Approve("run", Wrong, "L1"));

        Assert.Contains($"{PathOf("run.L1.right")} is missing", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Approve_RightTextWithoutAMark_Fails()
    {
        Write("run.approved", Wrong);
        Write("run.L1.right", RightSection);

        var failure = Assert.ThrowsAny<Exception>(() => New().Approve("run", Wrong));

        Assert.Contains($"{PathOf("run.L1.right")} belongs to a fault that the test does not mark", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Approve_RightTextOfALongerName_IsNotItsOwn()
    {
        Write("run.approved", Wrong);
        Write("run.long.L1.right", RightSection);

        New().Approve("run", Wrong);

        Assert.False(Exists("run.received"));
    }

    [Fact]
    public void Approve_RightTextThatSaysWhatIsApproved_Fails()
    {
        Write("run.approved", Wrong);
        Write("run.L1.right", "== b ==\nwrong\n");

        var failure = Assert.ThrowsAny<Exception>(() => New().Approve("run", Wrong, "L1"));

        Assert.Contains("says what is approved", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Approve_RightTextOfAnUnknownSection_Fails()
    {
        Write("run.approved", Wrong);
        Write("run.L1.right", "== c ==\nright\n");

        var failure = Assert.ThrowsAny<Exception>(() => New().Approve("run", Wrong, "L1"));

        Assert.Contains("a section that the approved picture has not: == c ==", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Beside_WhereverThisIsBuilt_FindsTheFolderOfThisFile()
    {
        Approval.Beside().Approve("Beside", new Picture().Add("only", "text").ToString());
    }

    private Approval New(bool mayWrite = true) => new(_folder.Path, mayWrite);

    private string PathOf(string name) => _folder.File($"{name}.txt");

    private bool Exists(string name) => File.Exists(PathOf(name));

    private string Read(string name) => File.ReadAllText(PathOf(name));

    private void Write(string name, string text) => File.WriteAllText(PathOf(name), text);
}
