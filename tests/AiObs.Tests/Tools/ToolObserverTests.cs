using System.Runtime.CompilerServices;
using AiObs.Tests.Chat;
using AiObs.Tools;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Tools;

public sealed class ToolObserverTests : AgentTest
{
    [Fact]
    public void Observed_SameFunctionAndRoot_IsTheSameWrapper()
    {
        var root = Observe();
        var function = Weather();

        Assert.Same(function.Observed(root), function.Observed(root));
        Assert.NotSame(function.Observed(root), Weather().Observed(root));
    }

    [Fact]
    public void Observed_AlreadyObserved_IsTheFunctionItself()
    {
        var root = Observe();
        var observed = Weather().Observed(root);
        var delegating = new ApprovalRequiredAIFunction(observed);

        Assert.Same(observed, observed.Observed(root));
        Assert.Same(observed, observed.Observed(Observe()));
        Assert.Same(delegating, delegating.Observed(root));
    }

    [Fact]
    public void Observed_FunctionThatNeedsApproval_StillSaysSo()
    {
        var approval = new ApprovalRequiredAIFunction(Weather());

        var observed = approval.Observed(Observe());

        Assert.Same(approval, observed.GetService<ApprovalRequiredAIFunction>());
        Assert.IsType<ObservingAIFunction>(observed);
    }

    [Fact]
    public void Observed_AnyFunction_SaysOfItselfWhatTheFunctionSays()
    {
        var function = Weather();

        var observed = function.Observed(Observe());

        Assert.Equal(function.Name, observed.Name);
        Assert.Equal(function.Description, observed.Description);
        Assert.Equal(function.JsonSchema, observed.JsonSchema);
        Assert.Same(function.AdditionalProperties, observed.AdditionalProperties);
        Assert.Same(function.UnderlyingMethod, observed.UnderlyingMethod);
    }

    [Fact]
    public void Observed_FunctionNoLongerUsed_KeepsNeitherItNorItsWrapper()
    {
        var root = Observe();

        var (function, wrapper) = ObserveAndForget(root);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(function.IsAlive);
        Assert.False(wrapper.IsAlive);
        GC.KeepAlive(root);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Function, WeakReference Wrapper) ObserveAndForget(AgentObservability root)
    {
        var function = Weather();

        return (new WeakReference(function), new WeakReference(function.Observed(root)));
    }
}
