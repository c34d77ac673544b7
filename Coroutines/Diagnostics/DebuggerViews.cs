using System.Diagnostics;
using Coroutines;
using Coroutines.Diagnostics;

// The core knows nothing of this layer, so the views are attached to its types from here.
[assembly: DebuggerTypeProxy(typeof(CoroutineView), Target = typeof(Coroutine))]
[assembly: DebuggerTypeProxy(typeof(SchedulerView), Target = typeof(Scheduler))]
[assembly: DebuggerTypeProxy(typeof(SocketSlotView), Target = typeof(SocketSlot))]
[assembly: DebuggerTypeProxy(typeof(WaitView), Target = typeof(Wait))]
[assembly: DebuggerTypeProxy(typeof(FrameView), Target = typeof(CoroutineFrame))]
