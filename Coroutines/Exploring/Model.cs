namespace Coroutines.Exploring;

/// <summary>A small concurrent program: what it shares, who runs, and what must not happen.</summary>
/// <remarks>The <see cref="Explorer"/> has it defined anew for each interleaving. So everything that a run changes must be
/// made within that definition, and nothing may depend on chance or time.</remarks>
public sealed class Model
{
    private const string Clean = "clean";

    private readonly List<SimulatedThread> threads = [];
    private readonly List<IActor> actors = [];
    private readonly List<Process> processes = [];
    private readonly List<(string Name, Func<string> Text)> shown = [];
    private readonly List<(string What, Func<bool> Happens)> forbidden = [];
    private readonly SortedSet<int> happened = [];
    private Func<string> classify = () => Clean;

    internal Model() { }

    /// <summary>Everybody who can move now, in a fixed order.</summary>
    internal List<IActor> Movable => actors.FindAll(actor => actor.CanMove);

    /// <summary>Whether every thread has ended that isn't in the background.</summary>
    internal bool HasEnded => threads.TrueForAll(thread => thread.HasEnded || thread.IsBackground);

    internal Listing Listing { get; private set; } = new("");

    /// <summary>Sets the source that the model stands for.</summary>
    /// <param name="listing">Lines of code. One that is a step begins with its label, a capital and a number.</param>
    public void Source(string listing) => Listing = new Listing(listing);

    /// <summary>A variable that is shared, and shown in witnesses.</summary>
    public Shared<T> Share<T>(string name, T initial)
    {
        var shared = new Shared<T>(name, initial);
        Show(name, shared.ToString);
        return shared;
    }

    /// <summary>A lock, shown in witnesses.</summary>
    public SharedLock Lock(string name)
    {
        var shared = new SharedLock(name);
        Show(name, shared.ToString);
        return shared;
    }

    /// <summary>Shows a register, or whatever helps, in witnesses. The last of a name counts.</summary>
    public void Show(string name, Func<string> text)
    {
        var known = shown.FindIndex(other => other.Name == name);
        if (known >= 0)
            shown[known] = (name, text);
        else
            shown.Add((name, text));
    }

    /// <summary>Starts a thread.</summary>
    /// <param name="name">Its name in witnesses.</param>
    /// <param name="body">What it does, up to the first step at once.</param>
    public void Thread(string name, Func<IEnumerator<Step>> body) => Start(new SimulatedThread(name), body);

    /// <summary>Starts a thread for whose end the run doesn't wait.</summary>
    /// <param name="name">Its name in witnesses.</param>
    /// <param name="body">What it does, up to the first step at once.</param>
    public void Background(string name, Func<IEnumerator<Step>> body) =>
        Start(new SimulatedThread(name) { IsBackground = true }, body);

    /// <summary>Starts a process with one thread. A run doesn't wait for its children.</summary>
    /// <param name="name">The name of its thread in witnesses.</param>
    /// <param name="main">What it does, up to the first step at once.</param>
    /// <param name="rules">How its kernel behaves. By default as Linux.</param>
    public Process Process(string name, Func<Process, IEnumerator<Step>> main, KernelRules? rules = null) =>
        Start(
            new SimulatedThread(name),
            main,
            rules ?? KernelRules.Linux,
            new(DescriptorTable.DefaultLimit),
            () => { }
        );

    /// <summary>Starts a process for whose end the run doesn't wait, as for a server's.</summary>
    /// <param name="name">The name of its thread in witnesses.</param>
    /// <param name="main">What it does, up to the first step at once.</param>
    /// <param name="descriptorLimit">The number below which its descriptors stay; 4 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="descriptorLimit"/> is too small.</exception>
    public Process BackgroundProcess(
        string name,
        Func<Process, IEnumerator<Step>> main,
        int descriptorLimit = DescriptorTable.DefaultLimit
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(descriptorLimit, 4);
        return Start(
            new SimulatedThread(name) { IsBackground = true },
            main,
            KernelRules.Linux,
            new(descriptorLimit),
            () => { }
        );
    }

    /// <summary>Says what must not happen. It is looked for after each step.</summary>
    /// <param name="what">What the outcome is called then.</param>
    /// <param name="happens">Whether it is so.</param>
    public void Never(string what, Func<bool> happens) => forbidden.Add((what, happens));

    /// <summary>Says what an orderly outcome is called, from the final values. By default it is <c>clean</c>.</summary>
    public void Outcome(Func<string> name) => classify = name;

    internal void Fork(
        string name,
        KernelRules rules,
        DescriptorTable inherited,
        Func<Process, IEnumerator<Step>> body,
        Action ended
    ) => Start(new SimulatedThread(name) { IsBackground = true }, body, rules, inherited, ended);

    /// <summary>After a step: looks for what must not happen, and delivers what signals can be.</summary>
    internal void Settle()
    {
        do
        {
            for (var i = 0; i < forbidden.Count; i++)
            {
                if (forbidden[i].Happens())
                    happened.Add(i);
            }
        } while (!HasEnded && processes.Exists(process => process.Deliver()));
    }

    /// <summary>What went wrong, or the orderly outcome.</summary>
    internal string[] Parts()
    {
        var parts = happened.Select(i => forbidden[i].What).ToList();
        if (!HasEnded)
            parts.Add("deadlock: " + string.Join(", ", threads.Where(IsStuck).Select(Describe)));
        return parts.Count > 0 ? [.. parts] : [classify()];
    }

    internal IReadOnlyList<KeyValuePair<string, string>> Values() =>
        [.. shown.Select(value => KeyValuePair.Create(value.Name, value.Text()))];

    internal void Abandon() => threads.ForEach(thread => thread.Abandon());

    private static bool IsStuck(SimulatedThread thread) => !thread.HasEnded && !thread.IsBackground;

    private static string Describe(SimulatedThread thread) => $"{thread.Name} waits for {thread.Next.WaitsFor}";

    private Process Start(
        SimulatedThread thread,
        Func<Process, IEnumerator<Step>> main,
        KernelRules rules,
        DescriptorTable descriptors,
        Action ended
    )
    {
        var process = new Process(this, thread, rules, descriptors);
        processes.Add(process);
        threads.Add(thread);
        actors.Add(thread);
        actors.Add(process.Children);
        thread.Start(
            main(process),
            () =>
            {
                descriptors.CloseAll();
                ended();
            }
        );
        return process;
    }

    private void Start(SimulatedThread thread, Func<IEnumerator<Step>> body)
    {
        threads.Add(thread);
        actors.Add(thread);
        thread.Start(body());
    }
}
