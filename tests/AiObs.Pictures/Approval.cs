using System.Runtime.CompilerServices;

namespace AiObs.Pictures;

/// <summary>Compares a picture with the approved one, a file <c>{name}.approved.txt</c> beside the tests.</summary>
/// <remarks>
/// A picture that differs is left beside it as <c>{name}.received.txt</c>, never in CI. Where a known fault stands in the approved picture, the
/// test names it, and <c>{name}.{fault}.right.txt</c> has the sections of the picture that differ once it is mended: whole sections, header
/// included, and of those only the ones that change. Faults that change the same section share a name, such as <c>L1+C1</c>.
/// </remarks>
public sealed class Approval
{
    private readonly string _folder;
    private readonly bool _mayWrite;

    /// <summary>Approves pictures in the given folder.</summary>
    /// <param name="folder">Where the files are.</param>
    /// <param name="mayWrite">Whether received pictures are left there; by default unless the environment variable <c>CI</c> is <c>true</c>.</param>
    public Approval(string folder, bool? mayWrite = null)
    {
        _folder = folder;
        _mayWrite = mayWrite ?? !string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Approves pictures beside the file that calls this, or in a folder beside it.</summary>
    public static Approval Beside(string subfolder = "", [CallerFilePath] string callerPath = "") =>
        new(Path.Combine(SourceFolder.Of(callerPath), subfolder));

    /// <summary>Passes when the picture is the approved one, and fails with what differs and how to accept it.</summary>
    /// <param name="name">The name of the files.</param>
    /// <param name="received">The picture.</param>
    /// <param name="faults">The known faults that stand in the approved picture.</param>
    public void Approve(string name, string received, params IReadOnlyList<string> faults)
    {
        if (Compare(name, received, faults) is { } explanation)
        {
            Assert.Fail(explanation);
        }
    }

    /// <summary>Returns null when the picture is the approved one, else what a person needs to know.</summary>
    internal string? Compare(string name, string received, params IReadOnlyList<string> faults)
    {
        var receivedSections = PictureSections.Of(received);
        if (ReadSections(PathOf(name, "approved")) is not { } approved)
        {
            return Refuse(name, received, $"No picture \"{name}\" has been approved yet.");
        }

        List<FaultMark> marks = [];
        foreach (var fault in faults)
        {
            var path = PathOf($"{name}.{fault}", "right");
            if (ReadSections(path) is not { } right)
            {
                return $"The fault {fault} is marked, but nothing says what is right: {path} is missing.";
            }

            marks.Add(new(fault, path, right));
        }

        if (ProblemWith(name, marks, approved) is { } problem)
        {
            return problem;
        }

        if (approved.SaysTheSameAs(receivedSections))
        {
            ForgetReceived(name);

            return null;
        }

        return MendedFaults(name, received, marks, approved)
            ?? Refuse(name, received, $"The picture \"{name}\" is not the approved one{(marks.Count > 0 ? ", and not a right one either" : "")}:\n"
                + PictureDifference.Of(approved, receivedSections));
    }

    private static PictureSections? ReadSections(string path) => File.Exists(path) ? PictureSections.Of(File.ReadAllText(path)) : null;

    /// <summary>Returns the fault that a file is about; nothing where the file belongs to a picture with a longer name.</summary>
    private static string FaultOf(string path, string name)
    {
        var fault = Path.GetFileName(path)[(name.Length + 1)..^".right.txt".Length];

        return fault.Contains('.', StringComparison.Ordinal) ? "" : fault;
    }

    private string? ProblemWith(string name, List<FaultMark> marks, PictureSections approved)
    {
        var unmarked = Directory.Exists(_folder)
            ? Directory.GetFiles(_folder, $"{name}.*.right.txt")
                .Where(path => FaultOf(path, name).Length > 0)
                .Except(marks.Select(mark => mark.Path))
                .Order(StringComparer.Ordinal)
                .FirstOrDefault()
            : null;

        return unmarked is not null
            ? $"{unmarked} belongs to a fault that the test does not mark. Name the fault, or delete the file."
            : marks.Select(mark => mark.ProblemWith(approved)).FirstOrDefault(problem => problem is not null);
    }

    private string? MendedFaults(string name, string received, List<FaultMark> marks, PictureSections approved)
    {
        var sections = PictureSections.Of(received);
        var mended = marks.Where(mark => mark.IsMendedIn(sections)).ToList();
        if (mended.Count == 0 || !mended.Aggregate(approved, (picture, mark) => mark.Mend(picture)).SaysTheSameAs(sections))
        {
            return null;
        }

        var faults = string.Join(", ", mended.Select(mark => mark.Fault));
        var right = string.Join(' ', mended.Select(mark => mark.Path));

        return Refuse(name, received, $"Mended in \"{name}\": {faults}. Remove the mark from the test, delete {right}, and approve the right picture.");
    }

    private string Refuse(string name, string received, string what)
    {
        var (receivedPath, approvedPath) = (PathOf(name, "received"), PathOf(name, "approved"));
        if (!_mayWrite)
        {
            return $"{what}\nTo accept it, run the test on your own machine, where it leaves {Path.GetFileName(receivedPath)}.";
        }

        Directory.CreateDirectory(_folder);
        File.WriteAllText(receivedPath, received.ReplaceLineEndings("\n"));

        return $"{what}\nIf that is meant, accept it and let the reviewer read the difference:\n  mv {receivedPath} {approvedPath}";
    }

    private void ForgetReceived(string name)
    {
        if (_mayWrite)
        {
            File.Delete(PathOf(name, "received"));
        }
    }

    private string PathOf(string name, string kind) => Path.Combine(_folder, $"{name}.{kind}.txt");
}
