namespace AiObs.ArchitectureTests.Rules;

public sealed class AsyncTokensTests
{
    [Theory]
    [InlineData("public class C { public Task M() => null!; }")]
    [InlineData("public class C { public Task<int> M(int a) => null!; }")]
    [InlineData("public class C { public ValueTask M() => default; }")]
    [InlineData("public class C { public ValueTask<int> M() => default; }")]
    [InlineData("public class C { public IAsyncEnumerable<int> M() => null!; }")]
    [InlineData("public class C { public Task M(CancellationToken token, int a) => null!; }")]
    [InlineData("public class C { protected Task M() => null!; }")]
    [InlineData("public static class C { public static Task M(this string a) => null!; }")]
    [InlineData("public interface I { Task M(); }")]
    [InlineData("public class C { public Task M(Func<CancellationToken, Task> work) => null!; }")]
    [InlineData("public class C { public Task M(Action callback) => null!; }")]
    public void Violations_AsyncMethodWithoutToken_IsReported(string source)
    {
        var violation = Assert.Single(AsyncTokens.Violations(CompiledSource.Types(source)));

        Assert.EndsWith(".M does not end in a CancellationToken.", violation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public class C { public Task M(CancellationToken token = default) => null!; }")]
    [InlineData("public class C { public void M() { } }")]
    [InlineData("public class C { public Task P => null!; }")]
    [InlineData("public class C { private Task M() => null!; internal Task N() => M(); }")]
    [InlineData("internal class C { public Task M() => null!; }")]
    [InlineData("public class C : IAsyncDisposable { public ValueTask DisposeAsync() => default; }")]
    [InlineData("public interface I<T> { Task M(T a, CancellationToken token); } public class C<T> : I<T>, IAsyncDisposable "
        + "{ public Task M(T a, CancellationToken token) => null!; public ValueTask DisposeAsync() => default; }")]
    [InlineData("public class C : System.IO.MemoryStream { public override ValueTask DisposeAsync() => default; }")]
    [InlineData("public class C { public Task M(Func<Task<int>> work) => null!; }")]
    [InlineData("public class C { public Task M(Func<CancellationToken, Task> work, CancellationToken token) => null!; }")]
    [InlineData("public delegate Task D(string a);")]
    public void Violations_OtherMethods_AreNotReported(string source) => Assert.Empty(AsyncTokens.Violations(CompiledSource.Types(source)));
}
